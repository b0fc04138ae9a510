package org.lethe.checklist.report;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Code;
import org.lethe.checklist.Finding;

/**
 * Findings as the XML that build servers read for test results: a suite with one test per finding,
 * failed if it should stop the build and skipped if not, and one passed test for every code without
 * any.
 */
public final class FindingsJUnit {

  private static final String SUITE = "lethe check";

  private FindingsJUnit() {}

  public static String render(CheckResult result) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      newLine(xml, 0);
      write(xml, result);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string can be written to", e);
    }
    return text + "\n";
  }

  private static void write(XMLStreamWriter xml, CheckResult result) throws XMLStreamException {
    List<Code> clean = List.of(Code.values()).stream().filter(c -> none(c, result)).toList();
    long failures = result.findings().stream().filter(f -> f.fails(result.failOn())).count();
    xml.writeStartElement("testsuites");
    newLine(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("tests", Integer.toString(result.findings().size() + clean.size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(result.findings().size() - failures));
    for (Finding finding : result.findings()) {
      newLine(xml, 2);
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", SUITE + "." + finding.code().id());
      xml.writeAttribute("name", Clean.xml(finding.subject()));
      newLine(xml, 3);
      outcome(xml, finding, finding.fails(result.failOn()));
      newLine(xml, 2);
      xml.writeEndElement();
    }
    for (Code code : clean) {
      newLine(xml, 2);
      xml.writeEmptyElement("testcase");
      xml.writeAttribute("classname", SUITE + "." + code.id());
      xml.writeAttribute("name", code.title());
    }
    newLine(xml, 1);
    xml.writeEndElement();
    newLine(xml, 0);
    xml.writeEndElement();
  }

  private static void outcome(XMLStreamWriter xml, Finding finding, boolean fails)
      throws XMLStreamException {
    xml.writeStartElement(fails ? "failure" : "skipped");
    xml.writeAttribute("message", Clean.xml(finding.message()));
    if (fails) {
      xml.writeAttribute("type", finding.severity().word());
    }
    if (finding.fix() != null) {
      xml.writeCharacters(Clean.xml(finding.fix()));
    }
    xml.writeEndElement();
  }

  private static boolean none(Code code, CheckResult result) {
    return result.findings().stream().noneMatch(f -> f.code() == code);
  }

  private static void newLine(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
