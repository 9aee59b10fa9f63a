-- Lets a component (XEP-0114) come back, or a successor in its place, without anybody noticing: what is addressed to it
-- meanwhile waits, and what it may not have read is sent again. For Prosody 0.12 and 13.
--
--   Component "focus.example.org"
--       component_secret = "..."
--       modules_enabled = { "confocal_hold" }
--       confocal_hold_seconds = 30     -- how long it may be away
--       confocal_hold_stanzas = 10000  -- how many stanzas may wait for it, or for its acknowledgement
--       confocal_hold_bytes = 67108864 -- and how many bytes they may have together
--
-- Works like XEP-0198, in the namespace urn:confocal:hold:1. After the handshake the component sends to its own domain
--
--   <iq type='set' to='focus.example.org' from='focus.example.org' id='1'><enable xmlns='urn:confocal:hold:1'/></iq>
--
-- and is answered <enabled id='...' max='30'/>. Without this module the request comes back to the component as any stanza
-- for it does, which is how it knows. After the answer, and not before, stanzas count. <r/> asks for <a h='...'/> in both
-- directions. To come back, it names the id in its handshake and sends the other request right behind it:
--
--   <handshake xmlns:hold='urn:confocal:hold:1' hold:resume='ID'>...</handshake>
--   <iq type='set' ...><resume xmlns='urn:confocal:hold:1' id='ID' h='HANDLED'/></iq>
--
-- It is answered <resumed id='ID' h='HANDLED'/> and what it lacks, or an error: then nothing is left of that stream. A
-- connection that is still there is closed for one that names its id and knows the secret. What is given up, because the
-- component stays away too long, too much waits, it closes its stream, or it comes back as new, is bounced as Prosody
-- does with a component that is not connected.

local new_xmpp_stream = require "util.xmppstream".new;
local sha1 = require "util.hashes".sha1;
local st = require "util.stanza";
local uuid_gen = require "util.uuid".generate;

if module:get_host_type() ~= "component" then
	error("confocal_hold belongs into modules_enabled of a Component with a component_secret");
end

local xmlns_hold = "urn:confocal:hold:1";
local xmlns_component = "jabber:component:accept";
local resume_attribute = xmlns_hold .. "\1resume";
local stream_header = "<stream:stream xmlns='" .. xmlns_component .. "' xmlns:stream='http://etherx.jabber.org/streams'>";
local counts_modulo = 4294967296; -- as in XEP-0198, section 4
local ask_after = 100; -- stanzas without an acknowledgement

local hold_seconds = module:get_option_number("confocal_hold_seconds", 30);
local max_stanzas = module:get_option_number("confocal_hold_stanzas", 10000);
local max_bytes = module:get_option_number("confocal_hold_bytes", 64 * 1024 * 1024);
local stanza_size_limit = module:get_option_number("component_stanza_size_limit",
	module:get_option_number("s2s_stanza_size_limit", 1024 * 512));

-- The stream of this host's component, if there is one to be held:
--   id, session (nil while it is away), write (to its connection), handled (stanzas from it),
--   acknowledged (stanzas to it), lost (after these, sent and no longer here), entries (after these, from index first to
--   index last), bytes (of entries), asked (for an acknowledgement), timer (while it is away)
local stream;

local is_kind = { iq = true, message = true, presence = true };

local function is_stanza(data)
	return st.is_stanza(data) and is_kind[data.name] and (not data.attr.xmlns or data.attr.xmlns == "jabber:client");
end

local function waiting(of)
	return of.last - of.first + 1;
end

local function bounce(entry)
	local kind = entry.attr.type;
	if kind ~= "error" and kind ~= "result" then
		module:send(st.error_reply(st.stanza(entry.name, entry.attr), "wait", "remote-server-timeout",
			"Component unavailable", module.host):tag("not-connected", { xmlns = "xmpp:prosody.im/protocol/component" }));
	end
end

-- Returns what was there.
local function clear(of)
	local entries, first, last = of.entries, of.first, of.last;
	of.entries, of.first, of.last, of.bytes = {}, 1, 0, 0;
	return entries, first, last;
end

-- From now on Prosody does what it does without this module.
local function give_up(why)
	local given_up = stream;
	stream = nil;
	if given_up.timer then
		given_up.timer:stop();
	end
	local entries, first, last = clear(given_up);
	module:log("info", "The component's stream is given up with %d stanzas: %s", last - first + 1, why);
	for i = first, last do
		bounce(entries[i]);
	end
end

-- They have been sent; only if the component does not acknowledge them before it is lost, its stream is lost too.
local function forget(of)
	if of.lost == 0 then
		module:log("warn", "The component does not acknowledge %d stanzas; until it does, its stream cannot be resumed",
			waiting(of));
	end
	of.lost = of.lost + waiting(of);
	clear(of);
end

-- To the component, now or when it is back.
local function deliver(stanza)
	stanza.attr.xmlns = nil;
	local text, attr = tostring(stanza), stanza.attr;
	local to = stream;
	to.last = to.last + 1;
	-- A bounce needs no more than these.
	to.entries[to.last] = {
		text = text, name = stanza.name, attr = { from = attr.from, to = attr.to, id = attr.id, type = attr.type };
	};
	to.bytes = to.bytes + #text;
	if to.session then
		to.write(text);
		if waiting(to) >= ask_after and not to.asked then
			to.asked = true;
			to.write("<r xmlns='" .. xmlns_hold .. "'/>");
		end
	end
	-- Writing can end a connection, and with it this stream.
	if to == stream and (waiting(to) > max_stanzas or to.bytes > max_bytes) then
		if to.session then
			forget(to);
		else
			give_up("too much waits for it");
		end
	end
end

-- Whether this count of handled stanzas can be true.
local function acknowledge(of, h)
	if not h or h < 0 or h >= counts_modulo or h % 1 ~= 0 then
		return false;
	end
	local more = (h - of.acknowledged) % counts_modulo;
	if more > of.lost + waiting(of) then
		return false;
	end
	of.acknowledged = h;
	of.asked = false;
	local lost = math.min(more, of.lost);
	of.lost = of.lost - lost;
	more = more - lost;
	for i = of.first, of.first + more - 1 do
		of.bytes = of.bytes - #of.entries[i].text;
		of.entries[i] = nil;
	end
	of.first = of.first + more;
	return true;
end

local function format_h(h)
	return string.format("%d", h);
end

local function handle_own(session, element)
	if not stream or stream.session ~= session then
		return; -- it is being closed
	end
	if element.name == "r" then
		stream.write("<a xmlns='" .. xmlns_hold .. "' h='" .. format_h(stream.handled) .. "'/>");
	elseif element.name == "a" and not acknowledge(stream, tonumber(element.attr.h)) then
		session:close({ condition = "undefined-condition", text = "More or less acknowledged than was sent" });
	end
end

-- mod_component has no place where one sees all that its component sends. A parser of our own has, and begins where the
-- other stands: behind the request that is being handled.
local callbacks = { default_ns = xmlns_component };

function callbacks.streamopened(session)
	session.notopen = nil;
end

function callbacks.streamclosed(session)
	session:close();
end

function callbacks.error(session, kind)
	if not session.destroyed then
		session:close(kind ~= "stream-error" and "not-well-formed" or nil);
	end
end

function callbacks.handlestanza(session, stanza)
	if session.destroyed then
		return; -- closed for what came right before
	elseif stanza.attr.xmlns == xmlns_hold then
		return handle_own(session, stanza);
	end
	if is_stanza(stanza) and stream and stream.session == session then
		stream.handled = (stream.handled + 1) % counts_modulo;
	end
	return session.dispatch_stanza(session, stanza);
end

local function attach(session)
	local write = session.send;
	local attached = stream;
	attached.session, attached.write, attached.asked = session, write, false;

	local function send(data)
		if attached == stream and is_stanza(data) then
			return deliver(data);
		elseif not session.destroyed then
			return write(data);
		end
	end
	session.send = send;
	-- Whoever answers later than the session lives finds its fields cleared; such an answer waits like any stanza.
	setmetatable(session, { __index = { send = send } });

	local parser = new_xmpp_stream(session, callbacks, stanza_size_limit);
	session.stream = parser;
	session.notopen = true;
	parser:feed(stream_header);
	function session.data(_, data)
		local ok = parser:feed(data);
		if not ok and not session.destroyed then
			session:close("not-well-formed");
		end
	end
end

local function enable(session, request)
	if stream and stream.session then
		return session.send(st.error_reply(request, "cancel", "conflict", "Enabled already"));
	elseif stream then
		give_up("the component begins anew");
	end
	stream = { id = uuid_gen(), handled = 0, acknowledged = 0, lost = 0, entries = {}, first = 1, last = 0, bytes = 0 };
	session.send(st.reply(request)
		:tag("enabled", { xmlns = xmlns_hold, id = stream.id, max = format_h(hold_seconds) }));
	attach(session);
end

local function resume(session, request)
	local element = request.tags[1];
	if not stream or stream.id ~= element.attr.id or stream.session then
		return session.send(st.error_reply(request, "cancel", "item-not-found", "No such stream is held"));
	elseif not acknowledge(stream, tonumber(element.attr.h)) then
		give_up("the component acknowledges what it was not sent, or not what it had acknowledged");
		return session.send(st.error_reply(request, "cancel", "unexpected-request", "That h cannot be"));
	elseif stream.lost > 0 then
		give_up("it is no longer whole");
		return session.send(st.error_reply(request, "cancel", "item-not-found", "Too much was not acknowledged"));
	end
	if stream.timer then
		stream.timer:stop();
		stream.timer = nil;
	end
	session.send(st.reply(request)
		:tag("resumed", { xmlns = xmlns_hold, id = stream.id, h = format_h(stream.handled) }));
	attach(session);
	module:log("info", "The component is back; %d stanzas are sent again", waiting(stream));
	for i = stream.first, stream.last do
		stream.write(stream.entries[i].text);
	end
end

module:hook("iq/host", function(event)
	local session, stanza = event.origin, event.stanza;
	local element = stanza.tags[1];
	if session.type ~= "component" or session.host ~= module.host or stanza.attr.type ~= "set"
		or not element or element.attr.xmlns ~= xmlns_hold then
		return;
	end
	if element.name == "enable" then
		enable(session, stanza);
	elseif element.name == "resume" then
		resume(session, stanza);
	else
		session.send(st.error_reply(stanza, "modify", "bad-request"));
	end
	return true;
end, 10);

local function is_proven(session, handshake)
	local secret = module:get_option_string("component_secret");
	return secret and session.streamid
		and (handshake:get_text() or ""):lower() == sha1(session.streamid .. secret, true);
end

-- In front of mod_component, which would turn the new connection away while the old one is there.
module:hook("stanza/" .. xmlns_component .. ":handshake", function(event)
	local session, stanza = event.origin, event.stanza;
	local id = stanza.attr[resume_attribute];
	if session.type ~= "component_unauthed" or session.host ~= module.host
		or not stream or stream.id ~= id or not is_proven(session, stanza) then
		return;
	end
	session.confocal_resumes = id;
	if stream.session then
		stream.replacing = true;
		stream.session:close({ condition = "conflict", text = "Replaced by a new connection" });
		stream.replacing = nil;
	end
end, 10);

module:hook("component-authenticated", function(event)
	if stream and event.session.confocal_resumes ~= stream.id then
		give_up("the component connects anew");
	end
end, 10);

module:hook("component-disconnected", function(event)
	if not stream or stream.session ~= event.session then
		return;
	end
	stream.session, stream.write = nil, nil;
	if event.reason == "stream error" and not stream.replacing then
		-- Closed by either side in so many words; sending the same again would only end in the same.
		give_up("it was closed");
		return;
	end
	local away = stream;
	module:log("info", "The component is away; what is addressed to it is held for up to %d s", hold_seconds);
	away.timer = module:add_timer(hold_seconds, function()
		if away == stream and not away.session then
			away.timer = nil;
			give_up("the component has stayed away");
		end
	end);
end, 10);

local function handle_stanza(event)
	if stream then
		deliver(event.stanza);
		return true;
	end
end

for _, name in ipairs { "iq", "message", "presence" } do
	for _, kind in ipairs { "bare", "full", "host" } do
		-- Just in front of mod_component, behind all others.
		module:hook(name .. "/" .. kind, handle_stanza, -0.5);
	end
end

function module.unload()
	if stream then
		local session = stream.session;
		give_up("the module is unloaded");
		if session then
			session:close({ condition = "reset", text = "This stream is not counted any more" });
		end
	end
end
