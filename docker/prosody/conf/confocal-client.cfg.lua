-- Confocal as a client, in the place of Jicofo. A site that has run Jicofo has most of this already; new are the three lines
-- that let Confocal be restarted without anybody noticing.

plugin_paths = { "/usr/share/confocal/prosody/plugins" }
admins = { "focus@auth.meet.example.org" }

-- The focus has the busiest stream of all. By default Prosody reads 8 kB of each a turn, so that with many rooms people wait for
-- seconds; and with Lua 5.4 collecting garbage by generation halves what Prosody costs. A line of your own for either counts.
network_settings = { read_size = 65536 }
gc = { mode = "generational" }

-- prosodyctl register focus auth.meet.example.org "change me"
VirtualHost "auth.meet.example.org"
	authentication = "internal_hashed"
	modules_enabled = { "smacks", "confocal_resume" }
	smacks_hibernation_time = 30  -- how long Confocal may be away; for so long nobody sees that it is gone
	smacks_max_queue_size = 10000 -- what may wait for it: stanzas a second times seconds, and more; 500 overflow in 3 s at 200/s

Component "focus.meet.example.org" "client_proxy"
	target_address = "focus@auth.meet.example.org"
