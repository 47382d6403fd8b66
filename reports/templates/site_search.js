const documents = [], paragraphs = [];
function add(reports, rows) {
  const first = documents.length;
  documents.push(...reports);
  for (const row of rows) paragraphs.push([first + row[0], ...row.slice(1), row[5].toLowerCase()]);
}
function search() {
  const words = document.getElementById("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const theme = document.getElementById("theme").value, valence = document.getElementById("valence").value;
  const found = document.getElementById("found"), count = document.getElementById("count");
  found.replaceChildren();
  if (!words.length && !theme && !valence) { count.textContent = `${paragraphs.length} paragraphs to search.`; return; }
  const hits = paragraphs.filter(p => (!valence || p[3] === valence) && (!theme || p[4].includes(theme)) && words.every(w => p[6].includes(w)));
  count.textContent = `${hits.length} paragraphs found${hits.length > 50 ? "; the first 50 are shown" : ""}.`;
  for (const p of hits.slice(0, 50)) {
    const [id, name, notice] = documents[p[0]], item = document.createElement("li"), link = document.createElement("a");
    link.href = `documents/${id}.html#${p[1]}`;
    link.textContent = `${name}, ${p[2]}`;
    const small = document.createElement("span");
    small.className = "small";
    small.textContent = ` ${notice}`;
    item.append(link, `: ${p[5]}`, small);
    found.append(item);
  }
}
