-- Confocal as a client, in the place of Jicofo, on a Prosody without Jitsi's plugins. A site that has run Jicofo has all of
-- this already.

plugin_paths = { "/usr/share/confocal/prosody/plugins" }
admins = { "focus@auth.meet.example.org" }

-- prosodyctl register focus auth.meet.example.org "change me"
VirtualHost "auth.meet.example.org"
	authentication = "internal_hashed"

Component "focus.meet.example.org" "client_proxy"
	target_address = "focus@auth.meet.example.org"
