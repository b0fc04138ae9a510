package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.ApiToken;
import org.lethe.account.Permission;
import org.lethe.server.me.MyAccount;
import org.lethe.server.security.Me;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whose token it is, and their tokens. Tokens are made by people in the browser alone. */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "me", description = "Whose token it is")
final class ApiMe {

  private final MyAccount mine;

  ApiMe(MyAccount mine) {
    this.mine = mine;
  }

  /** A token, without its secret. */
  record Token(
      String id,
      String name,
      List<String> scopes,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant lastUsed) {

    static Token of(ApiToken token) {
      return new Token(
          Long.toString(token.id()),
          token.name(),
          token.scopes().stream().map(Permission::text).sorted().toList(),
          token.created(),
          token.expires(),
          token.lastUsed());
    }
  }

  @GetMapping
  @Operation(summary = "The account that the token acts for")
  ApiAccount me(Me me) {
    return ApiAccount.of(me.account());
  }

  @GetMapping("/tokens")
  @Operation(summary = "Tokens of this account that are still good")
  Items<Token> tokens(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(mine.tokens(me).stream().map(Token::of).toList(), limit, after, Token::id);
  }

  @DeleteMapping("/tokens/{id:[0-9]{1,18}}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revokes a token of this account at once; the one that asks, too")
  void revoke(@PathVariable String id, Me me) {
    mine.revokeToken(me, Long.parseLong(id));
  }
}
