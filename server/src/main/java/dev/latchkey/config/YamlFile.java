package dev.latchkey.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The configuration file as flat keys: nested mappings become dotted keys, every scalar its own text. Reads the parser's events,
 * so that each value knows its line and nothing is converted to a type its setting did not ask for ({@code 010}, {@code off}).
 */
final class YamlFile {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final String VERSION = "version";
    private static final String SUPPORTED_VERSION = "1";

    private final Path path;
    private final List<String> problems;
    private final Map<String, Given> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    YamlFile(Path path, List<String> problems) {
        this.path = path;
        this.problems = problems;
    }

    /** Flat keys without {@code version}, which is checked here. */
    Map<String, Given> read() {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(path.toString()).build();
            documents(new Parse(settings).parseString(text.get()).iterator());
            checkVersion();
            return values;
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1))
                    .orElse("");
            problems.add(path + line + " is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(path + " is not valid YAML: " + e.getMessage());
        }
        return Map.of();
    }

    private Optional<String> text() {
        try {
            if (Files.size(path) > MAX_BYTES) {
                problems.add(path + " is larger than 1 MiB");
                return Optional.empty();
            }
            return Optional.of(Files.readString(path, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            problems.add(path + " does not exist");
            return Optional.empty();
        } catch (IOException e) {
            problems.add(path + " cannot be read (" + e.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }

    private void documents(Iterator<Event> events) {
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                problems.add(at(event) + " starts a second document; keep one");
            } else if (event instanceof MappingStartEvent start) {
                refuseExtras(start, start.getTag());
                mapping("", events);
            } else if (event instanceof NodeEvent) {
                problems.add(at(event) + " must hold keys and values, such as \"port: 3001\"");
                skip(event, events);
            }
        }
    }

    private void mapping(String prefix, Iterator<Event> events) {
        Event event = events.next();
        while (!(event instanceof MappingEndEvent)) {
            if (event instanceof ScalarEvent key) {
                refuseExtras(key, key.getTag());
                value(prefix + key.getValue(), events.next(), events);
            } else {
                problems.add(at(event) + " has a key that is not text");
                skip(event, events);
                skip(events.next(), events);
            }
            event = events.next();
        }
    }

    private void value(String key, Event event, Iterator<Event> events) {
        switch (event) {
            case MappingStartEvent start -> {
                refuseExtras(start, start.getTag());
                mapping(key + ".", events);
            }
            case SequenceStartEvent start -> {
                refuseExtras(start, start.getTag());
                put(key, commaSeparated(key, events), start);
            }
            case ScalarEvent scalar -> {
                refuseExtras(scalar, scalar.getTag());
                // "mail:" with every line below it commented out is an empty group, and an unset key.
                if (!scalar.isPlain() || !isNull(scalar.getValue())) {
                    put(key, scalar.getValue(), scalar);
                }
            }
            case AliasEvent alias -> problems.add(at(alias) + " uses an alias (*); write the value out");
            default -> throw new IllegalStateException("unexpected YAML event " + event);
        }
    }

    private void put(String key, String text, Event event) {
        Integer earlier = lines.put(key, line(event));
        if (earlier != null) {
            problems.add(at(event) + " gives " + key + " again; line " + earlier + " gave it already");
        }
        values.put(key, new Given(text, at(event), Optional.of(path)));
    }

    private String commaSeparated(String key, Iterator<Event> events) {
        List<String> parts = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof SequenceEndEvent)) {
            if (event instanceof ScalarEvent scalar && !scalar.getValue().contains(",")) {
                refuseExtras(scalar, scalar.getTag());
                parts.add(scalar.getValue());
            } else {
                problems.add(at(event) + " holds something that cannot be part of the list " + key);
                skip(event, events);
            }
            event = events.next();
        }
        return String.join(",", parts);
    }

    private static void skip(Event first, Iterator<Event> events) {
        int depth = opens(first) ? 1 : 0;
        while (depth > 0) {
            Event event = events.next();
            if (opens(event)) {
                depth++;
            } else if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent) {
                depth--;
            }
        }
    }

    private static boolean opens(Event event) {
        return event instanceof MappingStartEvent || event instanceof SequenceStartEvent;
    }

    /** Anchors and tags are ways to make a file mean more than it shows. */
    private void refuseExtras(NodeEvent event, Optional<String> tag) {
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent()) {
            problems.add(at(event) + " uses an anchor (&); write the value out");
        }
        if (tag.isPresent()) {
            problems.add(at(event) + " uses a tag (!); write the plain value");
        }
    }

    private void checkVersion() {
        Given version = values.remove(VERSION);
        if (version == null) {
            problems.add(path + " must hold \"version: 1\"");
        } else if (!version.text().equals(SUPPORTED_VERSION)) {
            problems.add(path + " is of version " + version.text() + "; this server reads version 1");
        }
    }

    private static boolean isNull(String text) {
        return text.isEmpty() || text.equals("~") || text.equals("null");
    }

    private String at(Event event) {
        return path + " line " + line(event);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
