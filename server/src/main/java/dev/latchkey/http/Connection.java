package dev.latchkey.http;

import java.net.InetAddress;

/**
 * Whom a request came from.
 *
 * @param peer the other end of the socket
 * @param client the same, or the address that trusted proxies named
 * @param forwarded some header says that a proxy stands between
 * @param peerTrusted the peer is one of the operator's own proxies
 */
record Connection(InetAddress peer, InetAddress client, boolean forwarded, boolean peerTrusted) {}
