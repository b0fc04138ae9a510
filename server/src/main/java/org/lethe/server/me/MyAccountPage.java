package org.lethe.server.me;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.lethe.account.ApiTokens;
import org.lethe.account.SecondFactor;
import org.lethe.error.LetheException;
import org.lethe.server.page.Told;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account. */
@Controller
@RequestMapping("/me")
final class MyAccountPage {

  private static final String HERE = "redirect:/me";

  private final MyAccount mine;
  private final Reauthentication password;

  MyAccountPage(MyAccount mine, Reauthentication password) {
    this.mine = mine;
    this.password = password;
  }

  @GetMapping
  String show(Me me, Model model) {
    model.addAttribute("tokens", mine.tokens(me));
    model.addAttribute("sessions", mine.sessions(me));
    model.addAttribute("available", mine.secondFactorAvailable());
    model.addAttribute("wanted", mine.secondFactor(me));
    model.addAttribute("codes", mine.recoveryCodes(me));
    model.addAttribute("tomorrow", mine.tomorrow());
    return "me/me";
  }

  private static String done(RedirectAttributes after, String notice, Runnable act) {
    return Told.on("/me", after, notice, act);
  }

  @PostMapping("/password")
  String password(
      @RequestParam String old,
      @RequestParam(name = "password") String wanted,
      @RequestParam String again,
      Me me,
      HttpServletRequest request,
      RedirectAttributes after) {
    if (!wanted.equals(again)) {
      after.addFlashAttribute("problem", "The new password was not typed the same twice.");
      return HERE;
    }
    return done(
        after,
        "Changed. Wherever else you were signed in, you are no more; your tokens are still good.",
        () -> {
          mine.changePassword(me, old, wanted, request.getSession().getId());
          // Whoever has seen this session's name does not know it any more.
          request.changeSessionId();
        });
  }

  /** The secret is on the answer alone: nothing keeps it, and no address leads to it. */
  @PostMapping("/tokens")
  String token(
      @RequestParam String name,
      @RequestParam String scopes,
      @RequestParam(defaultValue = "") String expires,
      Me me,
      Model model,
      RedirectAttributes after) {
    try {
      ApiTokens.Created made = mine.createToken(me, name, scopes, expires);
      model.addAttribute("secret", made.secret());
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
      return HERE;
    }
    return show(me, model);
  }

  @PostMapping("/tokens/{id}/revoke")
  String revoke(@PathVariable long id, Me me, RedirectAttributes after) {
    return done(after, "The token is revoked.", () -> mine.revokeToken(me, id));
  }

  @PostMapping("/sessions/end")
  String everywhere(Me me) {
    mine.signOutEverywhere(me);
    return "redirect:/sign-in?out";
  }

  @PostMapping("/second-factor")
  String begin(
      @RequestParam(name = "password", defaultValue = "") String typed,
      Me me,
      Model model,
      RedirectAttributes after) {
    try {
      password.require(me, typed);
      SecondFactor.Begun begun = mine.beginSecondFactor(me);
      model.addAttribute("begun", begun);
      model.addAttribute("picture", QrPicture.of(begun.uri()));
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
      return HERE;
    }
    return show(me, model);
  }

  @PostMapping("/second-factor/confirm")
  String confirm(@RequestParam String code, Me me, Model model, RedirectAttributes after) {
    try {
      List<String> recovery = mine.confirmSecondFactor(me, code);
      if (recovery.isEmpty()) {
        after.addFlashAttribute("problem", "That code is not right. Begin again.");
        return HERE;
      }
      model.addAttribute("recovery", recovery);
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
      return HERE;
    }
    return show(me, model);
  }

  @PostMapping("/second-factor/remove")
  String remove(
      @RequestParam(name = "password", defaultValue = "") String typed,
      Me me,
      RedirectAttributes after) {
    return done(
        after,
        "No codes are wanted any more.",
        () -> {
          password.require(me, typed);
          mine.removeSecondFactor(me);
        });
  }
}
