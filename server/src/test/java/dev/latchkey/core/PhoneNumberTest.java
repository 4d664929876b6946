package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource({
        "+4930123456, +4930123456",
        "' +49 (30) 123-456 ', +4930123456",
        "0049 30/123.456, +4930123456",
        "+12025550123, +12025550123"
    })
    void typedNumbersAreRead(String typed, String number) {
        assertThat(PhoneNumber.parse(typed)).contains(new PhoneNumber(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "030 123456",
                "+0301234567",
                "+49301",
                "+1234567890123456",
                "+49301234a6",
                "++4930123456",
                "49",
                "+49301234\n56",
                "+\u0664\u0669\u0663\u0660\u0661\u0662\u0663\u0664",
                "0",
                "00"
            })
    void whatIsNoneIsNot(String typed) {
        assertThat(PhoneNumber.parse(typed)).isEmpty();
        assertThatThrownBy(() -> new PhoneNumber(typed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isShownByItsEndOnly() {
        PhoneNumber number = new PhoneNumber("+4930123456");
        assertThat(number.masked()).isEqualTo("•••• 56");
        assertThat(number).hasToString("•••• 56");
    }
}
