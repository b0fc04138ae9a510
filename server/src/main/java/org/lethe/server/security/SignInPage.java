package org.lethe.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.LetheAccounts;
import org.lethe.account.SignInOutcome;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people sign in. Nobody learns here whether there is an account of some name. */
@Controller
final class SignInPage {

  private final LetheAccounts accounts;
  private final SecurityContextRepository contexts;
  private final Clock clock;

  SignInPage(LetheAccounts accounts, SecurityContextRepository contexts, Clock clock) {
    this.accounts = accounts;
    this.contexts = contexts;
    this.clock = clock;
  }

  @GetMapping("/sign-in")
  String form(
      @RequestParam(required = false) @Nullable String out,
      @RequestParam(required = false) @Nullable String ended,
      HttpServletRequest request,
      Model model) {
    if (SignedIn.of(request).isPresent()) {
      return "redirect:/";
    }
    if (out != null) {
      model.addAttribute("notice", "You are signed out.");
    } else if (ended != null) {
      model.addAttribute("notice", "Your session has ended. Sign in again.");
    }
    return "security/sign-in";
  }

  @PostMapping("/sign-in")
  String signIn(
      @RequestParam(defaultValue = "") String login,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    SignInOutcome outcome = accounts.signIn().attempt(login, password, request.getRemoteAddr());
    if (outcome instanceof SignInOutcome.SignedIn in) {
      if (accounts.secondFactor().wanted(in.account().id())) {
        HalfWay.begin(in.account().id(), clock.instant(), request);
        return "redirect:/sign-in/code";
      }
      begin(in.account(), request, response);
      return "redirect:/";
    }
    response.setStatus(
        outcome instanceof SignInOutcome.Throttled
            ? HttpStatus.TOO_MANY_REQUESTS.value()
            : HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("problem", problem(outcome));
    return "security/sign-in";
  }

  @GetMapping("/sign-in/code")
  String askCode(HttpServletRequest request) {
    return HalfWay.of(request, clock.instant()).isPresent()
        ? "security/code"
        : "redirect:/sign-in?ended";
  }

  @PostMapping("/sign-in/code")
  String code(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<AccountId> half = HalfWay.of(request, clock.instant());
    if (half.isEmpty()) {
      return "redirect:/sign-in?ended";
    }
    Optional<Account> account = accounts.find(half.get()).filter(Account::active);
    if (account.isPresent() && accounts.secondFactor().verify(half.get(), code)) {
      HalfWay.end(request);
      begin(account.get(), request, response);
      return "redirect:/";
    }
    HalfWay.failed(request);
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("problem", "That code is not right, or was used already.");
    return "security/code";
  }

  // What is said of an account is said only to who knows its password.
  private String problem(SignInOutcome outcome) {
    if (outcome instanceof SignInOutcome.Throttled throttled) {
      return "Too many attempts. Try again %s.".formatted(in(throttled.until()));
    }
    if (outcome instanceof SignInOutcome.Deactivated) {
      return "This account is deactivated. Whoever manages accounts can reactivate it.";
    }
    if (outcome instanceof SignInOutcome.NotStaff) {
      return "This account may not sign in here.";
    }
    return "That name and password do not fit together.";
  }

  private String in(Instant until) {
    long minutes = Math.max(1, Duration.between(clock.instant(), until).toMinutes() + 1);
    return minutes == 1 ? "in a minute" : "in %d minutes".formatted(minutes);
  }

  private void begin(Account account, HttpServletRequest request, HttpServletResponse response) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
    PreAuthenticatedAuthenticationToken authentication =
        new PreAuthenticatedAuthenticationToken(
            new Me.Principal(account.id().text()),
            "",
            List.of(new SimpleGrantedAuthority("ROLE_STAFF")));
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
