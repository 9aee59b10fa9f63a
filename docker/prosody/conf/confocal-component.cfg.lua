-- Confocal as a component. Put beside your Jitsi hosts; change the domain and the secret.

-- Where rooms are created and owned: here for all hosts, or in the MUC components that have an admins list of their own.
admins = { "focus@focus.meet.example.org" }

-- 127.0.0.1 unless Confocal runs elsewhere; the stream is not encrypted.
component_ports = { 5347 }
component_interfaces = { "127.0.0.1" }

Component "focus.meet.example.org"
	component_secret = "change me"
