package org.lethe.server.security;

import org.lethe.account.LetheAccounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Programs come with a token and nothing else: cookies count for nothing here, so that no page can
 * make a browser call in somebody's name.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

  private static final String CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

  @Bean
  @Order(1)
  SecurityFilterChain api(HttpSecurity http, LetheAccounts accounts) {
    BearerToken token = new BearerToken(accounts);
    Headers.on(http, CONTENT_POLICY);
    return http.securityMatcher("/api/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/api/v1/openapi.json")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .csrf(csrf -> csrf.disable())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .logout(out -> out.disable())
        .exceptionHandling(e -> e.authenticationEntryPoint(token))
        .addFilterBefore(token, AuthorizationFilter.class)
        .build();
  }
}
