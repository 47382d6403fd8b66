const VALENCES = ["strength", "weakness", "mixed", "neutral"], STEP = 10;
const shelf = { reports: [], rows: [], of: [], themes: [], starts: new Set() };
const found = { words: {}, texts: {}, files: {} };
const list = document.getElementById("found"), count = document.getElementById("count"), more = document.getElementById("more");
let turn = 0, hits = [], shown = 0, asked = [];

// The data files call these three.
function reports(all, themes, starts) {
  shelf.themes = themes;
  shelf.starts = new Set(starts);
  for (const [id, name, notice, authority, region, framework, kind, year, grades, rows] of all) {
    const first = shelf.rows.length;
    shelf.reports.push({ id, name, notice, first, authority, region, framework, kind, year, grades });
    for (const row of rows) { shelf.rows.push(row); shelf.of.push(shelf.reports.length - 1); }
  }
}
function words(start, postings) { found.words[start] = postings; }
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

// The paragraphs that hold a word beginning like this one.
async function holding(word) {
  const places = new Uint8Array(shelf.rows.length), start = word.slice(0, 2);
  if (!shelf.starts.has(start)) return places;
  await load(`words/${start}`);
  for (const [known, steps] of Object.entries(found.words[start])) {
    if (!known.startsWith(word)) continue;
    let place = 0;
    for (const step of steps.split(" ")) places[place += parseInt(step, 16)] = 1;
  }
  return places;
}

function speaks(row, theme, valence) {
  if (!theme) return !valence || VALENCES[row[3]] === valence;
  for (let n = 4; n < row.length; n += 2) {
    if (shelf.themes[row[n]][0] === theme && (!valence || VALENCES[row[n + 1]] === valence)) return true;
  }
  return false;
}

async function search() {
  const own = ++turn, choice = chosen();
  keep(choice);
  const question = plain(choice.words || "").match(/[a-z0-9]{2,}/g) || [];
  if (!Object.values(choice).some(Boolean)) {
    list.replaceChildren();
    more.hidden = true;
    count.textContent = `${counted(shelf.rows.length, "paragraph", "paragraphs")} to search.`;
    return;
  }
  const sets = await Promise.all(question.map(holding));
  if (own !== turn) return;
  const chosenReports = shelf.reports.map(report => fits(report, choice));
  hits = [];
  for (let n = 0; n < shelf.rows.length; n++) {
    if (chosenReports[shelf.of[n]] && speaks(shelf.rows[n], choice.theme, choice.valence) && sets.every(set => set[n])) hits.push(n);
  }
  await show(own, question);
}

async function show(own, question) {
  asked = question;
  shown = 0;
  const where = new Set(hits.map(n => shelf.of[n])).size;
  count.textContent = hits.length ? `${counted(hits.length, "paragraph", "paragraphs")} found in ${counted(where, "report", "reports")}, the newest report first.` : "0 paragraphs found.";
  const items = await next();
  if (own === turn) list.replaceChildren(...items);
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
  const report = shelf.reports[shelf.of[n]], [number, page, improvement, valence, ...coded] = shelf.rows[n];
  const made = document.createElement("li"), link = document.createElement("a");
  const place = improvement ? "what needs to improve" : number > 0 ? `paragraph ${number}` : "unnumbered passage";
  link.href = `documents/${report.id}.html#${number > 0 ? `p${number}` : `position${-number}`}`;
  link.textContent = `${report.name}, ${place}${page ? `, page ${page}` : ""}`;
  const said = VALENCES[valence] ? [VALENCES[valence][0].toUpperCase() + VALENCES[valence].slice(1)] : [];
  for (let k = 0; k < coded.length; k += 2) said.push(`${shelf.themes[coded[k]][1]}: ${VALENCES[coded[k + 1]]}`);
  made.append(link, quoted(found.texts[report.id][n - report.first]), line([...said, report.notice].filter(Boolean).join(". ")));
  if (VALENCES[valence]) made.className = VALENCES[valence];
  return made;
}

function line(text) {
  const made = document.createElement("p");
  made.className = "small";
  made.textContent = text;
  return made;
}

// The words asked for are marked where they stand.
function quoted(text) {
  const block = document.createElement("blockquote"), made = document.createElement("p");
  let done = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const word = plain(match[0]);
    if (!asked.some(each => word.startsWith(each))) continue;
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    made.append(text.slice(done, match.index), mark);
    done = match.index + match[0].length;
  }
  made.append(text.slice(done));
  block.append(made);
  return block;
}

more.addEventListener("click", async () => {
  const own = turn, items = await next();
  if (own !== turn || !items.length) return;
  list.append(...items);
  items[0].querySelector("a").focus();
});
load("reports").then(() => start(search), () => { count.textContent = "The paragraphs could not be loaded: the folder data is missing beside this page."; });
