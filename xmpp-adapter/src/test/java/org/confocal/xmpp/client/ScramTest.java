package org.confocal.xmpp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.client.SaslExchange.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

class ScramTest {

    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String BOTH = "r=" + NONCE + "3rfcNHYJY1ZVvWVs7j";
    private static final String CHALLENGE = BOTH + ",s=QSXCR+Q6sek8bf92,i=4096";

    private final Scram scram = new Scram(ScramHash.SHA_1, "user", "pencil", NONCE);

    @Test
    void theExampleOfRfc5802() throws RefusedException {
        assertThat(scram.initialResponse()).isEqualTo("n,,n=user,r=" + NONCE);
        assertThat(scram.respond(CHALLENGE)).isEqualTo("c=biws," + BOTH + ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        scram.succeeded("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    @Test
    void theExampleOfRfc7677() throws RefusedException {
        Scram stronger = new Scram(ScramHash.SHA_256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
        String both = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        assertThat(stronger.respond(both + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .isEqualTo("c=biws," + both + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        stronger.succeeded("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @Test
    void theServersProofMayComeBeforeItsWordOfSuccess() throws RefusedException {
        scram.respond(CHALLENGE);
        assertThat(scram.respond("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")).isEmpty();
        scram.succeeded("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=AAAA", "e=other-error"})
    void aServerThatDoesNotKnowThePasswordIsRefused(String proof) throws RefusedException {
        scram.respond(CHALLENGE);
        assertThatThrownBy(() -> scram.succeeded(proof)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aServerThatProvesNothingIsRefused() {
        assertThatThrownBy(() -> scram.succeeded("")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> scram.succeeded("v=")).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r=somebodyElse,s=QSXCR+Q6sek8bf92,i=4096",
                "r=" + NONCE + ",s=QSXCR+Q6sek8bf92,i=4096",
                BOTH + ",s=QSXCR+Q6sek8bf92,i=0",
                BOTH + ",s=QSXCR+Q6sek8bf92,i=1000000000",
                BOTH + ",s=QSXCR+Q6sek8bf92",
                BOTH + ",s=?,i=4096",
                "m=ext," + CHALLENGE
            })
    void aChallengeThatIsNoAnswerIsRefused(String challenge) {
        assertThatThrownBy(() -> scram.respond(challenge)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN SCRAM-SHA-1 SCRAM-SHA-256,false,SCRAM-SHA-256",
        "PLAIN SCRAM-SHA-1,true,SCRAM-SHA-1",
        "PLAIN,true,PLAIN",
        "PLAIN,false,nothing",
        "ANONYMOUS,true,nothing"
    })
    void thePasswordItselfIsSentOnlyWhereNobodyElseCanReadIt(String offered, boolean encrypted, String chosen) {
        SmackSettings.apply();
        ClientConfig config = ClientConfig.of(
                "127.0.0.1", 5222, JidCreate.domainBareFromOrThrowUnchecked("auth.example"), Optional.of("secret"));
        assertThat(SaslExchange.choose(List.of(offered.split(" ")), config, encrypted, new Random(1))
                        .map(SaslExchange::mechanism)
                        .orElse("nothing"))
                .isEqualTo(chosen);
    }
}
