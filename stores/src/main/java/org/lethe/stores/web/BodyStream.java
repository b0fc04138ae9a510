package org.lethe.stores.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes. Unlike the JDK's own it does not wait for ever for a server
 * that stops in the middle, and does not take in more than it should.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

  /** More came than may come. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** A part of the body, or its end, or why there is no more. */
  private record Part(List<ByteBuffer> bytes, boolean end, @Nullable Throwable failure) {}

  private final Duration patience;
  private final long largest;
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  private long taken;
  private boolean ended;
  private List<ByteBuffer> current = List.of();

  BodyStream(Duration patience, long largest) {
    this.patience = patience;
    this.largest = largest;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.set(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    parts.add(new Part(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(new Part(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    parts.add(new Part(List.of(), true, null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    taken += count;
    if (taken > largest) {
      close();
      throw new TooLarge();
    }
    return count;
  }

  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      for (ByteBuffer buffer : current) {
        if (buffer.hasRemaining()) {
          return buffer;
        }
      }
      if (ended) {
        return null;
      }
      Part part = await();
      current = part.bytes();
      ended = part.end();
      Throwable failure = part.failure();
      if (failure != null) {
        throw new IOException("the answer broke off", failure);
      }
      Flow.Subscription more = subscription.get();
      if (!ended && more != null) {
        more.request(1);
      }
    }
  }

  private Part await() throws IOException {
    try {
      Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (part == null) {
        close();
        throw new HttpTimeoutException("the answer stopped in the middle");
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    ended = true;
    current = List.of();
    Flow.Subscription given = subscription.get();
    if (given != null) {
      given.cancel();
    }
  }
}
