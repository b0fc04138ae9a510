package org.lethe.server.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.account.LetheAccounts;
import org.lethe.account.PasswordResets;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.error.InputException;
import org.lethe.policy.MailAddress;
import org.lethe.policy.MailRules;
import org.lethe.subject.request.MailException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A new password for those who forgot theirs, by a mailed link. The answer is the same whoever
 * asks, and mails go out beside it, so that not even its time tells whether there is an account.
 */
@Controller
@RequestMapping("/sign-in/forgotten")
final class ForgottenPage {

  private static final Logger LOG = LoggerFactory.getLogger(ForgottenPage.class);

  private static final String TEXT =
      """
      Hello,

      somebody wants to set a new password for your account at Lethe.

      If it was you, you can do so on this page for half an hour:

      %s

      If it was not you, you need not do anything.
      """;

  private final LetheAccounts accounts;
  private final AdminSettings settings;

  ForgottenPage(LetheAccounts accounts, AdminSettings settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  private @Nullable MailRules how() {
    return settings.lethe().decisions().data().requests().mail();
  }

  @GetMapping
  String form(Model model) {
    model.addAttribute("possible", how() != null);
    model.addAttribute("asked", false);
    return "security/forgotten";
  }

  @PostMapping
  String ask(@RequestParam(defaultValue = "") String login, Model model) {
    MailRules how = how();
    if (how != null) {
      String page =
          settings.publicAddress() == null
              ? ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
              : settings.publicAddress().toString().replaceAll("/$", "");
      Thread mailing = new Thread(() -> mail(how, login, page), "lethe-password-mail");
      mailing.setDaemon(true);
      mailing.start();
    }
    model.addAttribute("possible", how != null);
    model.addAttribute("asked", true);
    return "security/forgotten";
  }

  private void mail(MailRules how, String login, String page) {
    try {
      accounts.resets().ask(login).ifPresent(asked -> send(how, asked, page));
    } catch (RuntimeException e) {
      // Not its message, which may hold an address.
      LOG.warn("a mail with a new password's link could not be sent: {}", e.getClass().getName());
    }
  }

  private void send(MailRules how, PasswordResets.Asked asked, String page) {
    Optional<MailAddress> to =
        Optional.ofNullable(asked.account().email()).flatMap(MailAddress::plain);
    if (to.isEmpty()) {
      return;
    }
    String text = TEXT.formatted(page + "/sign-in/new-password?secret=" + asked.secret());
    MailRules mail =
        new MailRules(how.smtp(), how.password(), how.from(), null, "A new password", text);
    try {
      settings.messenger().send(mail, to.get(), text);
    } catch (MailException | InputException e) {
      LOG.warn("a mail with a new password's link was not taken");
    }
  }

  /** Where the mailed link leads. */
  @Controller
  @RequestMapping("/sign-in/new-password")
  static final class NewPasswordPage {

    private final LetheAccounts accounts;

    NewPasswordPage(LetheAccounts accounts) {
      this.accounts = accounts;
    }

    @GetMapping
    String form(@RequestParam(defaultValue = "") String secret, Model model) {
      model.addAttribute("secret", secret);
      model.addAttribute("good", accounts.resets().whose(secret).isPresent());
      return "security/new-password";
    }

    @PostMapping
    String set(
        @RequestParam String secret,
        @RequestParam String password,
        @RequestParam String again,
        Model model,
        RedirectAttributes after) {
      try {
        if (!password.equals(again)) {
          throw new InputException("the new password was not typed the same twice");
        }
        accounts.resets().use(secret, password);
        after.addFlashAttribute("notice", "The new password is set. Sign in with it.");
        return "redirect:/sign-in";
      } catch (InputException e) {
        model.addAttribute("problem", e.getMessage());
        return form(secret, model);
      }
    }
  }
}
