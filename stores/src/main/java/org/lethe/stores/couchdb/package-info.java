/** CouchDB: documents, with their attachments and conflicting revisions. */
@NullMarked
package org.lethe.stores.couchdb;

import org.jspecify.annotations.NullMarked;
