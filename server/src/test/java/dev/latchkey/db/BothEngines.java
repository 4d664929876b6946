package dev.latchkey.db;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once on SQLite and once on PostgreSQL. The test, and its {@code @BeforeEach} and {@code @AfterEach} methods, may
 * ask for a {@link TestDatabase} (fresh and migrated, the same one for one run of the test, closed after it) and for a
 * {@link dev.latchkey.core.MutableClock}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(BothEnginesExtension.class)
public @interface BothEngines {}
