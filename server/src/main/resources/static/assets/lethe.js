// What only makes things quicker: every page works without it.
(() => {
  const typing = (target) =>
    target.closest("input, textarea, select, [contenteditable]") !== null;

  const search = () =>
    document.querySelector("main [data-key='/']") ?? document.querySelector("[data-key='/']");

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
  };

  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("palette");
    } else if (typing(event.target) || event.metaKey || event.ctrlKey || event.altKey) {
      return;
    } else if (event.key === "/") {
      const field = search();
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    } else if (event.key === "?") {
      open("keys");
    }
  });

  // A menu closes when one looks elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // All boxes of a list at once, and how many are chosen.
  const chosen = (form) => {
    const boxes = [...form.querySelectorAll("input[name='row']")];
    const count = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("input[data-all]");
    if (all) {
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
    const told = form.querySelector("[data-chosen]");
    if (told) {
      told.textContent = count === 0 ? "" : `${count} chosen`;
    }
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (form === null) {
      return;
    }
    if (event.target.matches("input[data-all]")) {
      for (const box of form.querySelectorAll("input[name='row']")) {
        box.checked = event.target.checked;
      }
    }
    chosen(form);
  });

  // Filters apply when they change; without this their button does it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-apply]");
    if (form) {
      form.requestSubmit();
    }
  });
})();
