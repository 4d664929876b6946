package dev.latchkey.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.constant.ClassDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the rules ask about one class file. Names are binary names with dots. */
record CompiledClass(
        String name, ClassModel model, Set<String> uses, Set<String> calls, Set<String> strings, boolean isTest) {
    private static final String ROOT = "dev.latchkey.";
    private static final Path TEST_SOURCES = Path.of("src", "test", "java");

    /** Every class of the server and its tests, read from where this one was loaded and from beside it. */
    static List<CompiledClass> all() {
        try {
            Set<Path> folders = new TreeSet<>();
            Path tests = Path.of(CompiledClass.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            folders.add(tests);
            folders.add(Path.of(dev.latchkey.core.UserId.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
            List<CompiledClass> classes = new ArrayList<>();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".class"))
                            .map(CompiledClass::read)
                            .filter(it -> it.name.startsWith(ROOT))
                            .forEach(classes::add);
                }
            }
            return classes;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static CompiledClass read(Path file) {
        try {
            ClassModel model = ClassFile.of().parse(file);
            String name = dotted(model.thisClass().asInternalName());
            Set<String> uses = new TreeSet<>();
            Set<String> calls = new TreeSet<>();
            Set<String> strings = new TreeSet<>();
            for (PoolEntry entry : model.constantPool()) {
                switch (entry) {
                    case ClassEntry used -> addClass(used.asInternalName(), uses);
                    case NameAndTypeEntry member -> addDescriptor(member.type().stringValue(), uses);
                    case MethodTypeEntry type -> addDescriptor(type.descriptor().stringValue(), uses);
                    case StringEntry string -> strings.add(string.stringValue());
                    case MemberRefEntry member ->
                        calls.add(dotted(member.owner().asInternalName()) + "."
                                + member.name().stringValue() + member.type().stringValue());
                    default -> {}
                }
            }
            for (FieldModel field : model.fields()) {
                addDescriptor(field.fieldType().stringValue(), uses);
                field.findAttribute(Attributes.signature())
                        .ifPresent(it -> addDescriptor(it.signature().stringValue(), uses));
            }
            for (MethodModel method : model.methods()) {
                addDescriptor(method.methodType().stringValue(), uses);
                method.findAttribute(Attributes.signature())
                        .ifPresent(it -> addDescriptor(it.signature().stringValue(), uses));
            }
            uses.remove(name);
            return new CompiledClass(name, model, uses, calls, strings, isTestSource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http} for {@code dev.latchkey.http.Reply}; empty for the root package. */
    String unit() {
        return unitOf(name);
    }

    static String unitOf(String className) {
        String rest = className.substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? "" : rest.substring(0, dot);
    }

    String packageName() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** Without the package: {@code Database$Work}. */
    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The simple name of the source's main class: {@code Database} for {@code Database$Work}. */
    String outermost() {
        String simple = simpleName();
        int nested = simple.indexOf('$');
        return nested < 0 ? simple : simple.substring(0, nested);
    }

    boolean isPackageInfo() {
        return simpleName().equals("package-info");
    }

    boolean hasAnnotation(Class<?> annotation) {
        ClassDesc wanted = annotation.describeConstable().orElseThrow();
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(it -> it.annotations().stream())
                .anyMatch(it -> it.classSymbol().equals(wanted));
    }

    private static void addClass(String internalName, Set<String> uses) {
        if (internalName.startsWith("[")) {
            addDescriptor(internalName, uses);
        } else {
            uses.add(dotted(internalName));
        }
    }

    /** Every {@code Lsome/Name;} or {@code Lsome/Name<} of a descriptor or generic signature. */
    private static void addDescriptor(String descriptor, Set<String> uses) {
        int i = 0;
        while (i < descriptor.length()) {
            int end = i + 1;
            if (descriptor.charAt(i) == 'L') {
                while (end < descriptor.length() && isNamePart(descriptor.charAt(end))) {
                    end++;
                }
                if (descriptor.substring(i + 1, end).contains("/")) {
                    uses.add(dotted(descriptor.substring(i + 1, end)));
                }
            }
            i = end;
        }
    }

    private static boolean isNamePart(char c) {
        return c == '/' || Character.isJavaIdentifierPart(c);
    }

    private static boolean isTestSource(String name) {
        int nested = name.indexOf('$');
        String outer = nested < 0 ? name : name.substring(0, nested);
        return Files.exists(TEST_SOURCES.resolve(outer.replace('.', '/') + ".java"));
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
