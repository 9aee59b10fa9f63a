package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.runtime.FocusLimits;
import org.confocal.strategy.FleetConfig;

/**
 * Reads a configuration: system properties below {@code jicofo} win over the file, the file over old properties, those
 * over the defaults.
 */
public final class SettingsLoader {
    private static final String DEFAULTS = "org/confocal/config/defaults.conf";

    private final Properties properties;

    /** @param properties the system properties, or those a test makes up */
    public SettingsLoader(Properties properties) {
        this.properties = properties;
    }

    /**
     * Reads a file in HOCON, with its includes.
     *
     * @throws SettingsException where it cannot be read, or says what cannot be meant
     */
    public LoadedSettings load(Path file) throws SettingsException {
        if (!Files.isReadable(file)) {
            throw new SettingsException("The configuration file " + file + " does not exist or cannot be read.");
        }
        try {
            return load(ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)));
        } catch (ConfigException wrong) {
            throw new SettingsException("The configuration cannot be read: " + wrong.getMessage());
        }
    }

    /** Reads a configuration that is given as HOCON text. */
    public LoadedSettings parse(String hocon) throws SettingsException {
        try {
            return load(ConfigFactory.parseString(hocon));
        } catch (ConfigException wrong) {
            throw new SettingsException("The configuration cannot be read: " + wrong.getMessage());
        }
    }

    private LoadedSettings load(Config file) throws SettingsException {
        List<String> warnings = new ArrayList<>();
        Config defaultsAsWritten = ConfigFactory.parseResources(
                SettingsLoader.class.getClassLoader(),
                DEFAULTS,
                ConfigParseOptions.defaults().setAllowMissing(false));
        Config defaults = defaultsAsWritten.resolve();
        Config overrides = ConfigFactory.parseProperties(jicofoProperties());
        Config effective = overrides
                .withFallback(file)
                .withFallback(LegacyKeys.read(properties, warnings))
                .withFallback(defaultsAsWritten)
                .resolve(ConfigResolveOptions.defaults());
        SettingsReader reader = new SettingsReader(effective, defaults);
        BridgeSettings bridges = new BridgeSettings(reader);
        FleetConfig fleet = bridges.fleet();
        FocusSettings.Selection selection = bridges.selection(fleet);
        XmppSettings xmpp = new XmppSettings(reader);
        AuthenticationSettings logins = new AuthenticationSettings(reader);
        Optional<AuthenticationConfig> authentication = logins.read();
        ConferenceConfig conference = new ConferenceSettings(reader).read(authentication);
        FocusSettings.Xmpp login = xmpp.read();
        FocusSettings settings = new FocusSettings(
                login,
                xmpp.brewery(),
                selection,
                conference,
                authentication,
                fleet,
                bridges.care(selection, conference.octo()),
                new HttpKeys(reader, warnings).read(),
                reader.integer("jicofo.explain.decisions", 0, FocusLimits.MAX_DECISIONS),
                new JournalKeys(reader, login.main().address()).read());
        if (!reader.problems().isEmpty()) {
            throw new SettingsException(reader.problems());
        }
        if (settings.brewery().isEmpty()) {
            warnings.add("jicofo.bridge.brewery-jid is not set: no bridge will ever be found.");
        }
        if (logins.isOpen()) {
            warnings.add("jicofo.authentication.enabled is true and the type is NONE: everybody may open rooms.");
        }
        warnings.addAll(new KnownKeys(defaultsAsWritten.root()).warnings(file.root()));
        warnings.addAll(MissingFeatures.warnings(effective, reader));
        return new LoadedSettings(settings, warnings, Secrets.render(ours(effective)));
    }

    private Properties jicofoProperties() {
        Properties ours = new Properties();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("jicofo."))
                .forEach(name -> ours.setProperty(name, properties.getProperty(name)));
        return ours;
    }

    private static Config ours(Config effective) {
        return effective.withOnlyPath("jicofo").withFallback(effective.withOnlyPath("tracing"));
    }
}
