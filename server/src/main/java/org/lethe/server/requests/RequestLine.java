package org.lethe.server.requests;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Request;

/**
 * A request in the list.
 *
 * @param left until when it must be answered; null once it is
 */
record RequestLine(Request request, @Nullable String left, boolean urgent) {

  static RequestLine of(Request request, Instant now) {
    return new RequestLine(
        request, RequestView.left(request, now), RequestView.urgent(request, now));
  }
}
