package org.lethe.server.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.lethe.server.AdminScene;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/** Chromium without a window. Close it. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_TABS = 200;
  private static final String AXE = axe();

  private final String address;
  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(String address, ChromeDriver driver, Path downloads) {
    this.address = address;
    this.driver = driver;
    this.downloads = downloads;
  }

  /** Skips the test where there is no Chromium; under CI that fails it. */
  static Browser open(AdminScene scene) {
    return open(scene, true);
  }

  /** The same, with scripts or without. */
  static Browser open(AdminScene scene, boolean scripts) {
    Optional<Path> chromium = found("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = found("chromedriver");
    boolean both = chromium.isPresent() && chromedriver.isPresent();
    if (!both && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("no chromium and chromedriver here, which CI must have");
    }
    assumeTrue(both, "skipped: there is no chromium and chromedriver on the PATH");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        // Nothing glides while it is clicked.
        "--force-prefers-reduced-motion",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    Path downloads = emptyFolder();
    Map<String, Object> preferences = new HashMap<>();
    preferences.put("download.default_directory", downloads.toString());
    if (!scripts) {
      preferences.put("profile.managed_default_content_settings.javascript", 2);
    }
    options.setExperimentalOption("prefs", preferences);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .build();
    Browser browser = new Browser(scene.address(), new ChromeDriver(service, options), downloads);
    browser.size(1280, 1000);
    return browser;
  }

  private static Path emptyFolder() {
    try {
      return Files.createTempDirectory("downloads");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> found(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  void go(String path) {
    driver.get(address + path);
  }

  /** Opens what was downloaded under this name, once it is there. */
  void openDownload(String name) {
    Path file = downloads.resolve(name);
    eventually(() -> Files.exists(file), "no download " + name);
    driver.get(file.toUri().toString());
  }

  void signIn(String login, String password) {
    go("/sign-in");
    type("login", login);
    type("password", password);
    press("Sign in");
  }

  /** Fills the field with this name. */
  void type(String name, String text) {
    eventually(
        () -> {
          WebElement field = one("main [name='%s']".formatted(name));
          field.clear();
          field.sendKeys(text);
          return true;
        },
        "no field " + name);
  }

  /** Ticks the box or button of a choice. */
  void choose(String name, String value) {
    eventually(
        () -> {
          one("main [name='%s'][value='%s']".formatted(name, value)).click();
          return true;
        },
        "no choice " + name + " " + value);
  }

  /** Presses the button, or follows the link, with these words, once it is there. */
  void press(String words) {
    By all =
        By.xpath(
            "//*[self::button or self::a][normalize-space(.)='%s' and not(ancestor::dialog)]"
                .formatted(words));
    eventually(
        () -> {
          Optional<WebElement> button =
              driver.findElements(all).stream().filter(WebElement::isDisplayed).findFirst();
          button.ifPresent(WebElement::click);
          return button.isPresent();
        },
        "nothing says " + words);
  }

  /** What can be read on the page. */
  String text() {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(d -> one("body").getText());
  }

  /** Waits until this can be read. */
  void await(String words) {
    eventually(() -> one("body").getText().contains(words), "nothing says " + words);
  }

  private WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Tries until it is done: while a page gives way to the next, elements come and go. */
  private void eventually(BooleanSupplier action, String otherwise) {
    try {
      new WebDriverWait(driver, PATIENCE)
          .ignoring(StaleElementReferenceException.class)
          .ignoring(NoSuchElementException.class)
          .until(d -> action.getAsBoolean());
    } catch (TimeoutException e) {
      throw new AssertionError(otherwise + " on\n" + text(), e);
    }
  }

  /** Waits until there is such an element. */
  void awaitElement(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .until(d -> !d.findElements(By.cssSelector(selector)).isEmpty());
  }

  /** Waits until there is no such element any more. */
  void awaitNone(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .until(d -> d.findElements(By.cssSelector(selector)).isEmpty());
  }

  String path() {
    return String.valueOf(driver.getCurrentUrl()).substring(address.length());
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void keys(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Presses Tab until what has the focus reads like this. */
  void tabTo(String words) {
    for (int i = 0; i < MOST_TABS; i++) {
      keys(Keys.TAB);
      Object focused =
          run(
              """
              const e = document.activeElement;
              return (e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.textContent).trim();
              """);
      if (words.equals(focused)) {
        return;
      }
    }
    throw new AssertionError("Tab never came to " + words + " on\n" + text());
  }

  void tabBack() {
    new Actions(driver).keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
  }

  /** A key while Control is held. */
  void control(String key) {
    new Actions(driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
  }

  /** What the accessibility checker finds wrong; empty if nothing. */
  List<String> violations() {
    return violations("{}");
  }

  /** The same, of colours alone: nothing else depends on the theme. */
  List<String> violationsOfColour() {
    return violations(
        "{ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }");
  }

  private List<String> violations(String options) {
    if (!Boolean.TRUE.equals(run("return 'axe' in window"))) {
      run(AXE);
    }
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[0];
            axe.run(document, %s).then(r => done(r.violations.map(v =>
              v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))));
            """
                .formatted(options));
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    String path =
        "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
            .formatted(System.getProperty("lethe.axe.version", ""));
    try (InputStream in = Browser.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("axe-core is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page as a picture. */
  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the browser complained about since the last time: policies, scripts. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(String::valueOf)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
    FileSystemUtils.deleteRecursively(downloads.toFile());
  }
}
