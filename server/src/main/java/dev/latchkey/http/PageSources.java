package dev.latchkey.http;

import java.util.List;

/** Origins of others that pages may load from, for the Content-Security-Policy; none unless something configured needs them. */
public record PageSources(List<String> scripts, List<String> styles, List<String> frames, List<String> connections) {
    public static final PageSources NONE = new PageSources(List.of(), List.of(), List.of(), List.of());

    public PageSources {
        scripts = List.copyOf(scripts);
        styles = List.copyOf(styles);
        frames = List.copyOf(frames);
        connections = List.copyOf(connections);
    }
}
