-- For the host of the focus' account, where mod_smacks lets another process go on with the focus' stream (XEP-0198). Steps
-- around something in Prosody 0.12 and 13: after a resumption the bytes of the new connection still go to the XML parser
-- of the old one. Where the process before was killed in the middle of a stanza, the new one's words are taken for the rest
-- of it; the stream ends, and the focus leaves all rooms.
--
--   VirtualHost "auth.example.org"
--       modules_enabled = { "smacks", "confocal_resume" }

if module:get_host_type() ~= "local" then
	error("confocal_resume belongs into modules_enabled of the VirtualHost of the focus' account");
end

module:hook("smacks-hibernation-end", function (event)
	local session = event.resumed;
	local stream = session.stream; -- of the new connection

	function session.data(data)
		data = data and session.filter("bytes/in", data);
		if not data then
			return;
		end
		local ok, err = stream:feed(data);
		if ok then
			return;
		end
		session.log("debug", "Invalid XML on a resumed stream: %s", err);
		if err == "stanza-too-large" then
			session:close { condition = "policy-violation", text = "XML stanza is too big" };
		else
			session:close("not-well-formed");
		end
	end
end);
