/* The calendar by keyboard: arrows from day to day, Enter to the day's first item, Page Up and Down by month. */

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const table = document.querySelector("[data-month]");
if (table) {
  const days = [...table.querySelectorAll("td")];
  const enter = (day) => {
    for (const other of days) other.tabIndex = other === day ? 0 : -1;
  };
  enter(days.find((day) => day.querySelector("[aria-current]")) ?? days[0]);

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const day = event.target.closest("td");
    const page = { PageUp: "prev", PageDown: "next" }[event.key];
    if (page) {
      event.preventDefault();
      document.querySelector(`a[rel=${page}]`)?.click();
    } else if (event.key in STEPS && day) {
      const next = days[days.indexOf(day) + STEPS[event.key]];
      if (!next) return;
      event.preventDefault();
      enter(next);
      next.focus();
    } else if (event.key === "Enter" && event.target === day) {
      day.querySelector("a")?.focus();
    }
  });
}
