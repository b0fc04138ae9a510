package org.lethe.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.lethe.account.LetheAccounts;
import org.lethe.cli.admin.AdminSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * Every page needs somebody signed in, but for those listed here; what they may do is checked by
 * the services, table by table.
 */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(tableName = "lethe.web_session")
class SecurityConfiguration {

  // No inline script or style anywhere; pictures in the style sheet are data: addresses.
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final Duration IDLE = Duration.ofHours(8);

  @Bean
  @Order(2)
  SecurityFilterChain pages(
      HttpSecurity http, LetheAccounts accounts, SecurityContextRepository contexts) {
    Headers.on(http, CONTENT_POLICY);
    CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
    csrf.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/sign-in",
                        "/sign-in/**",
                        "/confirm",
                        "/assets/**",
                        "/webjars/**",
                        "/error")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .csrf(c -> c.csrfTokenRepository(csrf))
        .securityContext(c -> c.securityContextRepository(contexts))
        .requestCache(cache -> cache.disable())
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .logout(
            out ->
                out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out").deleteCookies(COOKIE))
        .exceptionHandling(e -> e.authenticationEntryPoint(SecurityConfiguration::toSignIn))
        .addFilterBefore(new SignedIn(accounts), AuthorizationFilter.class)
        .build();
  }

  static final String COOKIE = "LETHE_SESSION";

  /** Who comes with a session that is no more is told that it has ended. */
  private static void toSignIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    boolean had = WebUtils.getCookie(request, COOKIE) != null;
    response.sendRedirect(request.getContextPath() + "/sign-in" + (had ? "?ended" : ""));
  }

  @Bean
  SecurityContextRepository contexts() {
    return new HttpSessionSecurityContextRepository();
  }

  /** Nobody signs in through Spring's own ways: {@link SignInPage} does it. */
  @Bean
  AuthenticationManager authenticationManager() {
    return authentication -> {
      throw new BadCredentialsException("sign in at /sign-in");
    };
  }

  @Bean
  SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessions() {
    return repository -> repository.setDefaultMaxInactiveInterval(IDLE);
  }

  @Bean
  CookieSerializer cookies(AdminSettings settings) {
    DefaultCookieSerializer cookies = new DefaultCookieSerializer();
    cookies.setCookieName(COOKIE);
    cookies.setUseHttpOnlyCookie(true);
    cookies.setSameSite("Lax");
    URI known = settings.publicAddress();
    cookies.setUseSecureCookie(known != null && "https".equals(known.getScheme()));
    return cookies;
  }

  @Bean
  WebMvcConfigurer parameters(MeArgument me) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(java.util.List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(me);
      }
    };
  }
}
