package dev.latchkey.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A DNS server (RFC 1035) on loopback that knows what it was told. */
public final class FakeDns implements AutoCloseable {
    private static final Map<Integer, String> TYPES = Map.of(1, "A", 15, "MX", 16, "TXT", 28, "AAAA");
    private static final int NAME_ERROR = 3;

    private final Map<String, List<String>> records = new HashMap<>();
    private final DatagramSocket socket;

    public FakeDns() throws IOException {
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::answer);
    }

    FakeDns with(String name, String type, String... values) {
        records.put(name + " " + type, List.of(values));
        return this;
    }

    public String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void answer() {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(bytes, bytes.length);
                socket.receive(question);
                byte[] reply = reply(Arrays.copyOf(bytes, question.getLength()));
                socket.send(new DatagramPacket(reply, reply.length, question.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] reply(byte[] question) throws IOException {
        List<String> labels = new ArrayList<>();
        int at = 12;
        while (question[at] != 0) {
            labels.add(new String(question, at + 1, question[at], US_ASCII).toLowerCase(Locale.ROOT));
            at += question[at] + 1;
        }
        String name = String.join(".", labels);
        int type = question[at + 2] & 0xFF;
        List<String> found = records.getOrDefault(name + " " + TYPES.getOrDefault(type, ""), List.of());
        boolean known = records.keySet().stream().anyMatch(key -> key.startsWith(name + " "));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8180 | (known ? 0 : NAME_ERROR));
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(question, 12, at + 5 - 12);
        for (String value : found) {
            byte[] data = data(type, value);
            // The name of the question, by a pointer to it.
            out.writeShort(0xC00C);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(data.length);
            out.write(data);
        }
        return bytes.toByteArray();
    }

    private static byte[] data(int type, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        switch (TYPES.getOrDefault(type, "")) {
            case "TXT" -> {
                // In pieces of at most 100 bytes, as long records come.
                for (int from = 0; from < value.length(); from += 100) {
                    String piece = value.substring(from, Math.min(value.length(), from + 100));
                    out.writeByte(piece.length());
                    out.write(piece.getBytes(US_ASCII));
                }
            }
            case "MX" -> {
                out.writeShort(10);
                for (String label : value.split("\\.")) {
                    out.writeByte(label.length());
                    out.write(label.getBytes(US_ASCII));
                }
                out.writeByte(0);
            }
            default -> out.write(InetAddress.getByName(value).getAddress());
        }
        return bytes.toByteArray();
    }
}
