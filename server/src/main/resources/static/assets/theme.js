// Before anything is drawn: the reader's own light or dark, unless they chose one here.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (root.dataset.themeChoice === "auto") {
      root.dataset.bsTheme = dark.matches ? "dark" : "light";
    }
  };
  follow();
  dark.addEventListener("change", follow);
})();
