-- Confocal as a component. Put beside your Jitsi hosts; change the domain and the secret.

-- Where Confocal's package has put mod_confocal_hold.lua; a site with a line of its own adds the folder to that.
plugin_paths = { "/usr/share/confocal/prosody/plugins" }

-- Where rooms are created and owned: here for all hosts, or in the MUC components that have an admins list of their own.
admins = { "focus@focus.meet.example.org" }

-- The focus has the busiest stream of all. By default Prosody reads 8 kB of each a turn, so that with many rooms people wait for
-- seconds; and with Lua 5.4 collecting garbage by generation halves what Prosody costs. A line of your own for either counts.
network_settings = { read_size = 65536 }
gc = { mode = "generational" }

-- 127.0.0.1 unless Confocal runs elsewhere; the stream is not encrypted.
component_ports = { 5347 }
component_interfaces = { "127.0.0.1" }

Component "focus.meet.example.org"
	component_secret = "change me"
	modules_enabled = { "confocal_hold" } -- while Confocal is restarted, nobody notices
	confocal_hold_seconds = 30            -- how long it may be away
	confocal_hold_stanzas = 10000         -- how much may wait for it: stanzas a second times seconds, and more
