package dev.latchkey.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A user as answers show it: never a hash or a secret. Times are ISO 8601 in UTC. */
public record UserView(
        String id,
        String email,
        Optional<String> name,
        Optional<String> picture,
        Optional<String> locale,
        Optional<String> phone,
        String role,
        List<String> roles,
        boolean emailVerified,
        boolean isEmailVerified,
        Optional<String> pendingEmail,
        boolean twoFactorEnabled,
        String status,
        Map<String, Object> userMetadata,
        String createdAt,
        String updatedAt) {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.shared();

    public static UserView of(User user) {
        return new UserView(
                user.id().value(),
                user.email().asTyped(),
                user.profile().name(),
                user.profile().picture(),
                user.profile().locale(),
                user.profile().phone(),
                Roles.primary(user.roles()),
                user.roles().stream().sorted().toList(),
                user.emailVerified(),
                user.emailVerified(),
                user.pendingEmail().map(email -> email.asTyped()),
                user.mfaEnabled(),
                user.status().stored(),
                user.userMetadata().equals("{}") ? Map.of() : JSON.readValue(user.userMetadata(), OBJECT),
                user.createdAt().toString(),
                user.updatedAt().toString());
    }
}
