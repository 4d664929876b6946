package dev.latchkey.http;

import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;

/**
 * Keeps the web server from looking through the whole class path for services that extend it, a tenth of the time to start:
 * what it is to use it is given. What the web server finds by discovery only, it does not have: a header or a query parameter
 * is not turned into another type by it.
 */
final class NoDiscovery {
    private NoDiscovery() {}

    /** Call before anything of the web server is made; another call changes nothing. */
    static synchronized void install() {
        if (!GlobalServiceRegistry.configured()) {
            GlobalServiceRegistry.registry(ServiceRegistryManager.create(ServiceRegistryConfig.builder()
                            .discoverServices(false)
                            .discoverServicesFromServiceLoader(false)
                            .build())
                    .registry());
        }
    }
}
