package org.lethe.server.browser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openqa.selenium.Keys;

/** Where the Tab key leads on a page, held against what the page offers. */
final class TabOrder {

  /** Of a field for a date: its parts and its calendar are stops of their own. */
  private static final int PARTS_OF_A_DATE = 4;

  /** All that one can act on, in the order of the document; a group of choices is one stop. */
  private static final String WATCH =
      """
      const groups = new Map();
      const stops = [...document.querySelectorAll(
          'a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden'
          && e.checkVisibility({ visibilityProperty: true }))
        .filter(e => {
          if (e.type !== 'radio') {
            return true;
          }
          const all = [...(e.form ?? document).querySelectorAll(`input[type=radio][name='${e.name}']`)];
          return e === (all.find(other => other.checked) ?? all[0]);
        });
      const look = e => {
        const s = getComputedStyle(e);
        return {
          outline: s.outlineStyle === 'none' || parseFloat(s.outlineWidth) === 0 ? 'none' : s.outline,
          shadow: s.boxShadow,
        };
      };
      const shows = (e, was) => {
        const is = look(e);
        return (is.outline !== 'none' && is.outline !== was?.outline)
          || (is.shadow !== 'none' && is.shadow !== was?.shadow);
      };
      const before = new Map(stops.map(e => [e, look(e)]));
      const told = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' '
        + (e.getAttribute('aria-label') ?? e.textContent).trim().replace(/\\s+/g, ' ').slice(0, 40);
      window.walk = { stops, told, seen: [], unseen: [] };
      document.addEventListener('focusin', event => {
        const e = event.target;
        window.walk.seen.push(e);
        if (!shows(e, before.get(e))) {
          window.walk.unseen.push(told(e));
        }
      });
      return stops.length
        + %d * stops.filter(e => e.type === 'date').length;
      """
          .formatted(PARTS_OF_A_DATE - 1);

  private static final String FAULTS =
      """
      const { stops, told, seen, unseen } = window.walk;
      const faults = unseen.map(e => 'nothing shows the focus of ' + e);
      for (let i = 0; i < stops.length; i++) {
        if (seen[i] !== stops[i]) {
          faults.push(`stop ${i + 1} of ${stops.length} should be ${told(stops[i])} but is `
            + (seen[i] ? told(seen[i]) : 'none'));
          break;
        }
      }
      return faults;
      """;

  private static final String COVERED =
      """
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      const head = document.querySelector('header.top');
      const below = head.contains(e) ? 0 : head.getBoundingClientRect().bottom;
      return box.bottom <= below + 1 || box.top >= innerHeight - 1 ? e.textContent.trim() : null;
      """;

  private TabOrder() {}

  /** Walks the page that was just opened by Tab alone; what is wrong with the way. */
  static List<String> faults(Browser browser) {
    // What comes a moment later belongs to the page.
    browser.awaitNone(".htmx-request, .htmx-swapping, .htmx-settling");
    int presses = ((Number) browser.run(WATCH)).intValue();
    CharSequence[] tabs = new CharSequence[presses];
    Arrays.fill(tabs, Keys.TAB);
    browser.keys(tabs);
    return ((List<?>) browser.run(FAULTS)).stream().map(String::valueOf).toList();
  }

  /** Walks from the end of the page to its begin; what had the focus and could not be seen. */
  static List<String> hiddenGoingBack(Browser browser) {
    List<String> hidden = new ArrayList<>();
    browser.run("[...document.querySelectorAll('main a')].at(-1).focus()");
    String begin = "return document.activeElement.closest('main') === null";
    while (!Boolean.TRUE.equals(browser.run(begin))) {
      browser.tabBack();
      Object covered = browser.run(COVERED);
      if (covered != null) {
        hidden.add(String.valueOf(covered));
      }
    }
    return hidden;
  }
}
