package org.lethe.server.page;

import org.lethe.collect.BlockedException;
import org.lethe.collect.RowNotFoundException;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.plan.StalePlanException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong, as a page with the message that says what, where and how to mend it. */
@ControllerAdvice(annotations = Controller.class)
final class ErrorPages {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

  @ExceptionHandler
  ModelAndView notThere(NotFoundException e) {
    return page(HttpStatus.NOT_FOUND, "There is no such thing", e);
  }

  @ExceptionHandler
  ModelAndView noRow(RowNotFoundException e) {
    return page(HttpStatus.NOT_FOUND, "There is no such row", e);
  }

  @ExceptionHandler
  ModelAndView forbidden(NotPermittedException e) {
    return page(HttpStatus.FORBIDDEN, "You may not do that", e);
  }

  @ExceptionHandler
  ModelAndView blocked(BlockedException e) {
    return page(HttpStatus.CONFLICT, "Something is in the way", e);
  }

  @ExceptionHandler
  ModelAndView stale(StalePlanException e) {
    return page(HttpStatus.CONFLICT, "The data has changed", e);
  }

  @ExceptionHandler
  ModelAndView badInput(InputException e) {
    return page(HttpStatus.BAD_REQUEST, "That does not work", e);
  }

  @ExceptionHandler
  ModelAndView failed(LetheException e) {
    LOG.warn("a page failed: {}", e.getMessage());
    return page(HttpStatus.CONFLICT, "That did not work", e);
  }

  private static ModelAndView page(HttpStatus status, String heading, Exception e) {
    ModelAndView page = new ModelAndView("error");
    page.setStatus(status);
    page.addObject("status", status.value());
    page.addObject("heading", heading);
    page.addObject("explanation", e.getMessage());
    page.addObject("theme", Theme.AUTO.drawn());
    page.addObject("themeChoice", Theme.AUTO.word());
    page.addObject("tablerVersion", Webjars.TABLER);
    return page;
  }
}
