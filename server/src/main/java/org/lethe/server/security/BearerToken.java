package org.lethe.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lethe.account.Account;
import org.lethe.account.ApiToken;
import org.lethe.account.LetheAccounts;
import org.lethe.server.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads who a program acts for from its token, anew with each call: a token that was revoked, or
 * whose account was deactivated or is no staff any more, is no good with the next one.
 */
final class BearerToken extends OncePerRequestFilter implements AuthenticationEntryPoint {

  private static final String SCHEME = "Bearer ";

  private final LetheAccounts accounts;

  BearerToken(LetheAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      Optional<Me> me =
          header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
              ? of(header.substring(SCHEME.length()).strip())
              : Optional.empty();
      if (me.isEmpty()) {
        refuse(
            request,
            response,
            "Bearer realm=\"Lethe\", error=\"invalid_token\"",
            "this token is no good: it is none, was revoked or has expired, or its account may not"
                + " use Lethe any more; make another one on the page of your account");
        return;
      }
      SignedIn.set(request, me.get());
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              new Me.Principal(me.get().account().id().text()), null, List.of()));
      SecurityContextHolder.setContext(context);
    }
    chain.doFilter(request, response);
  }

  private Optional<Me> of(String secret) {
    Optional<ApiToken> token = accounts.tokens().find(secret);
    return token
        .flatMap(t -> accounts.find(t.account()))
        .filter(Account::active)
        .filter(a -> a.staff() || a.superuser())
        .map(a -> new Me(a, accounts.tokens().rights(token.orElseThrow())));
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    refuse(
        request,
        response,
        "Bearer realm=\"Lethe\"",
        "send a token as Authorization: Bearer TOKEN; make one on the page of your account");
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String challenge, String detail)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
    Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Nobody is signed in", detail)
        .write(request, response);
  }
}
