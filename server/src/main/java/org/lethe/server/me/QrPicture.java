package org.lethe.server.me;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import org.lethe.error.LetheException;

/**
 * A text as a picture for cameras: drawn as the path of an SVG, which needs no image from anywhere.
 * Immutable.
 *
 * @param size of its sides, the quiet zone with them
 * @param path what is dark, as the {@code d} of a path, in squares of 1
 */
record QrPicture(int size, String path) {

  /** Squares of white on each side: less, and cameras do not find it. */
  private static final int QUIET = 4;

  /**
   * Draws it.
   *
   * @throws LetheException if the text is too long for one, some two thousand letters
   */
  static QrPicture of(String text) {
    BitMatrix squares;
    try {
      squares =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      QUIET,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M));
    } catch (WriterException e) {
      throw new LetheException("this is too long for a picture; type it instead", e);
    }
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < squares.getHeight(); y++) {
      for (int x = 0; x < squares.getWidth(); x++) {
        int begin = x;
        while (x < squares.getWidth() && squares.get(x, y)) {
          x++;
        }
        if (x > begin) {
          path.append("M%d %dh%dv1h-%dz".formatted(begin, y, x - begin, x - begin));
        }
      }
    }
    return new QrPicture(squares.getWidth(), path.toString());
  }
}
