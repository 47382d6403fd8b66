const VALENCES = ["strength", "weakness", "mixed", "neutral"], STEP = 10;
const shelf = { reports: [], rows: [], of: [], themes: [], starts: new Set(), usual: 1, from: [] };
const found = { words: {}, texts: {}, files: {}, sets: new Map() };
const list = document.getElementById("found"), count = document.getElementById("count"), more = document.getElementById("more");
const notices = Object.fromEntries([...document.querySelectorAll("[data-notice]")].map(notice => [notice.dataset.notice, notice]));
let turn = 0, hits = [], shown = 0, asked = [];

// The data files call these three.
function reports(all, themes, starts) {
  let words = 0;
  shelf.themes = themes;
  shelf.starts = new Set(starts);
  for (const [id, name, notice, authority, region, framework, kind, year, grades, rows] of all) {
    const first = shelf.rows.length;
    shelf.reports.push({ id, name, notice, first, authority, region, framework, kind, year, grades });
    for (const row of rows) {
      shelf.rows.push(row);
      shelf.of.push(shelf.reports.length - 1);
      shelf.from.push(words + shelf.rows.length);  // a gap between paragraphs, so that no phrase reaches over
      words += row[3];
    }
  }
  shelf.usual = words / shelf.rows.length || 1;
}
function words(start, held) { found.words[start] = held; }
function texts(id, paragraphs) { found.texts[id] = paragraphs; }

function load(name) {
  found.files[name] ||= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return found.files[name];
}

function plain(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
function wordsOf(text) { return plain(text).match(/[a-z0-9]{2,}/g) || []; }

// What is asked for: phrases stand in quotation marks, of which the last may still be open.
function questions(text) {
  const parts = text.split(/["“”„]/);
  return parts.flatMap((part, n) => n % 2 && wordsOf(part).length > 1
    ? [{ words: wordsOf(part), open: n === parts.length - 1 }]
    : wordsOf(part).map(word => ({ words: [word], whole: n % 2 && n < parts.length - 1 })));
}

// Reads how a word is written: for each mention its paragraph, and its place among all words of all paragraphs.
function mentions(written) {
  const paragraphs = new Uint32Array(written.length), places = new Uint32Array(written.length);
  let paragraph = 0, place = 0, number = 0, opened = false, k = 0;
  for (let n = 0; n < written.length; n++) {
    const code = written.charCodeAt(n);
    if (code === 32) {
      opened = false;
      continue;
    }
    number = number * 16 + (code & 31) - 1;
    if (code > 96) continue;  // a capital is the last digit
    if (opened) {
      paragraphs[k] = paragraph;
      places[k++] = place += number;
    } else {
      paragraph += number;
      place = shelf.from[paragraph];
      opened = true;
    }
    number = 0;
  }
  return { paragraphs: paragraphs.slice(0, k), places: places.slice(0, k) };
}

function meant(word, known, whole) { return whole ? known === word : known.startsWith(word); }

// The words that are meant, each with its mentions, which are read once.
async function wordsLike(word, whole) {
  const start = word.slice(0, 2);
  if (!shelf.starts.has(start)) return [];
  await load(`words/${start}`);
  const all = found.words[start];
  return Object.keys(all).filter(known => meant(word, known, whole)).map(known => {
    if (typeof all[known] === "string") all[known] = mentions(all[known]);
    return { known, ...all[known] };
  });
}

// A set says how much each paragraph holds of what is asked for, and which paragraphs hold it, each once.
function emptySet() { return { much: new Float32Array(shelf.rows.length), holders: [] }; }

function enter({ much, holders }, paragraphs, weight) {
  for (const n of paragraphs) {
    if (!much[n]) holders.push(n);
    much[n] += weight;
  }
}

// A longer word that begins with the one asked for counts half.
async function holding({ words: [word], whole }) {
  const set = emptySet();
  for (const { known, paragraphs } of await wordsLike(word, whole)) enter(set, paragraphs, known === word ? 1 : .5);
  return set;
}

// All places of some words, in order.
function placesOf(words) {
  if (words.length === 1) return words[0].places;
  const all = new Uint32Array(words.reduce((sum, { places }) => sum + places.length, 0));
  words.reduce((sum, { places }) => (all.set(places, sum), sum + places.length), 0);
  return all.sort();
}

// The mentions that are followed, so many words on, by one of the places.
function followed({ paragraphs, places }, others, step) {
  const kept = { paragraphs: [], places: [] };
  let k = 0;
  for (let n = 0; n < places.length; n++) {
    while (others[k] < places[n] + step) k++;
    if (others[k] !== places[n] + step) continue;
    kept.paragraphs.push(paragraphs[n]);
    kept.places.push(places[n]);
  }
  return kept;
}

async function holdingPhrase({ words: phrase, open }) {
  const set = emptySet(), like = await Promise.all(phrase.map((word, n) => wordsLike(word, !(open && n === phrase.length - 1))));
  const [[first], ...later] = like;
  if (first) enter(set, later.reduce((kept, words, k) => followed(kept, placesOf(words), k + 1), first).paragraphs, 1);
  return set;
}

async function setOf(question) {
  const key = JSON.stringify(question);
  if (!found.sets.has(key)) {
    if (found.sets.size > 40) found.sets.clear();
    found.sets.set(key, question.words.length > 1 ? holdingPhrase(question) : holding(question));
  }
  return found.sets.get(key);
}

// Okapi BM25: rare words count for more, a second mention for less, a short paragraph for more.
// Sorted as numbers, of which the lowest digits are the paragraph: a browser does that ten times as fast.
function ranked(places, sets) {
  const keys = new Float64Array(places.length), all = shelf.rows.length;
  const rarity = sets.map(({ holders }) => Math.log(1 + (all - holders.length + .5) / (holders.length + .5)));
  for (let k = 0; k < keys.length; k++) {
    const n = places[k], length = 1.2 * (.25 + .75 * shelf.rows[n][3] / shelf.usual);
    let worth = 0;
    for (let s = 0; s < sets.length; s++) worth += rarity[s] * sets[s].much[n] * 2.2 / (sets[s].much[n] + length);
    keys[k] = n - Math.round(1e6 * worth) * all;
  }
  return Array.from(keys.sort(), key => key - Math.floor(key / all) * all);
}

function speaks(row, theme, valence) {
  if (!theme) return !valence || VALENCES[row[4]] === valence;
  for (let n = 5; n < row.length; n += 2) {
    if (shelf.themes[row[n]][0] === theme && (!valence || VALENCES[row[n + 1]] === valence)) return true;
  }
  return false;
}

async function search() {
  const own = ++turn, { order, ...choice } = chosen();
  keep({ ...choice, order });
  if (!Object.values(choice).some(Boolean)) {
    list.replaceChildren();
    tell([]);
    more.hidden = true;
    count.textContent = `${counted(shelf.rows.length, "paragraph", "paragraphs")} to search.`;
    return;
  }
  asked = questions(choice.words || "");
  const sets = await Promise.all(asked.map(setOf));
  if (own !== turn) return;
  const chosenReports = shelf.reports.map(report => fits(report, choice));
  const [fewest, ...others] = [...sets].sort((one, other) => one.holders.length - other.holders.length);
  hits = [];
  for (const n of fewest ? fewest.holders : shelf.rows.keys()) {
    if (chosenReports[shelf.of[n]] && speaks(shelf.rows[n], choice.theme, choice.valence) && others.every(({ much }) => much[n])) hits.push(n);
  }
  const byWorth = sets.length && order !== "newest";
  hits = byWorth ? ranked(hits, sets) : Array.from(Uint32Array.from(hits).sort());
  await show(own, byWorth ? "the most relevant first" : "the newest report first");
}

async function show(own, order) {
  shown = 0;
  const where = new Set(hits.map(n => shelf.of[n])).size;
  const items = await next();
  if (own !== turn) return;
  count.textContent = hits.length ? `${counted(hits.length, "paragraph", "paragraphs")} found in ${counted(where, "report", "reports")}, ${order}.` : "0 paragraphs found. Try fewer words, other words, or fewer choices.";
  list.replaceChildren(...items);
  tell(hits.slice(0, shown));
}

// The notices that the results shown point to stand above them, each once.
function tell(places) {
  const met = new Set(places.map(n => shelf.reports[shelf.of[n]].notice));
  for (const [key, notice] of Object.entries(notices)) notice.hidden = !met.has(key);
}

async function next() {
  const part = hits.slice(shown, shown + STEP);
  shown += part.length;
  more.hidden = shown >= hits.length;
  const needed = new Set(part.map(n => shelf.reports[shelf.of[n]].id));
  await Promise.all([...needed].map(id => load(`texts/${id}`)));
  return part.map(item);
}

function item(n) {
  const report = shelf.reports[shelf.of[n]], [number, page, improvement, , valence, ...coded] = shelf.rows[n];
  const made = document.createElement("li"), link = document.createElement("a");
  const place = improvement ? "what needs to improve" : number > 0 ? `paragraph ${number}` : "unnumbered passage";
  link.href = `documents/${report.id}.html#${number > 0 ? `p${number}` : `position${-number}`}`;
  link.textContent = `${report.name}, ${place}${page ? `, page ${page}` : ""}`;
  const said = VALENCES[valence] ? [VALENCES[valence][0].toUpperCase() + VALENCES[valence].slice(1)] : [];
  for (let k = 0; k < coded.length; k += 2) said.push(`${shelf.themes[coded[k]][1]}: ${VALENCES[coded[k + 1]]}`);
  made.append(link, quoted(found.texts[report.id][n - report.first]), line([...said, notices[report.notice]?.querySelector("b").textContent].filter(Boolean).join(". ")));
  if (VALENCES[valence]) made.className = VALENCES[valence];
  return made;
}

function line(text) {
  const made = document.createElement("p");
  made.className = "small";
  made.textContent = text;
  return made;
}

// Whether the words of a text from this one on are what is asked for.
function begins(all, n, { words: wanted, whole, open }) {
  return wanted.every((word, k) => {
    const loose = wanted.length > 1 ? open && k === wanted.length - 1 : !whole;
    return all[n + k] && meant(word, all[n + k].word, !loose);
  });
}

// The words and phrases asked for are marked where they stand.
function quoted(text) {
  const block = document.createElement("blockquote"), made = document.createElement("p");
  const all = [...text.matchAll(/[\p{L}\p{N}]+/gu)]
    .map(match => ({ word: plain(match[0]), from: match.index, to: match.index + match[0].length }))
    .filter(({ word }) => /[a-z0-9]{2}/.test(word));
  let done = 0;
  for (let n = 0; n < all.length; n++) {
    const longest = Math.max(0, ...asked.filter(question => begins(all, n, question)).map(question => question.words.length));
    if (!longest) continue;
    const mark = document.createElement("mark"), { to } = all[n + longest - 1];
    mark.textContent = text.slice(all[n].from, to);
    made.append(text.slice(done, all[n].from), mark);
    done = to;
    n += longest - 1;
  }
  made.append(text.slice(done));
  block.append(made);
  return block;
}

more.addEventListener("click", async () => {
  const own = turn, items = await next();
  if (own !== turn || !items.length) return;
  list.append(...items);
  tell(hits.slice(0, shown));
  items[0].querySelector("a").focus();
});
document.querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  await search();
  list.querySelector("a")?.focus();
});
load("reports").then(() => start(search), () => { count.textContent = "The paragraphs could not be loaded: the folder data is missing beside this page."; });
