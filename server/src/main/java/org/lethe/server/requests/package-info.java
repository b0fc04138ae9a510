/** Requests of people, from their receipt to the certificate. */
@NullMarked
package org.lethe.server.requests;

import org.jspecify.annotations.NullMarked;
