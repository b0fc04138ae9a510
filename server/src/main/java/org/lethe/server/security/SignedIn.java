package org.lethe.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.LetheAccounts;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads who is signed in anew for each request: whoever was deactivated a moment ago, or is no
 * staff any more, is signed out by what they do next.
 */
final class SignedIn extends OncePerRequestFilter {

  private static final String ATTRIBUTE = Me.class.getName();

  private final LetheAccounts accounts;

  SignedIn(LetheAccounts accounts) {
    this.accounts = accounts;
  }

  /** Who asks; empty where nobody is signed in. */
  static Optional<Me> of(HttpServletRequest request) {
    return Optional.ofNullable((Me) request.getAttribute(ATTRIBUTE));
  }

  static void set(HttpServletRequest request, Me me) {
    request.setAttribute(ATTRIBUTE, me);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication != null && authentication.getPrincipal() instanceof Me.Principal known) {
      Optional<Account> account =
          accounts
              .find(AccountId.of(known.id()))
              .filter(a -> a.active() && (a.staff() || a.superuser()));
      if (account.isEmpty()) {
        forget(request);
        response.sendRedirect(request.getContextPath() + "/sign-in?ended");
        return;
      }
      set(request, new Me(account.get(), accounts.rights(account.get())));
    }
    chain.doFilter(request, response);
  }

  private static void forget(HttpServletRequest request) {
    SecurityContextHolder.clearContext();
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
