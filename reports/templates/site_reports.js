const rows = [...document.querySelectorAll("#reports tbody tr")];
start(() => {
  const choice = chosen();
  keep(choice);
  let shown = 0;
  for (const row of rows) {
    row.hidden = !fits({ ...row.dataset, grades: row.dataset.grades.split(" ") }, choice);
    shown += !row.hidden;
  }
  document.getElementById("count").textContent = `${counted(shown, "report", "reports")} of ${rows.length}.`;
});
