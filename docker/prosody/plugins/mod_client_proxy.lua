-- Stands at a host name (focus.example.org) in place of an account (focus@auth.example.org) of the same server.
--
--   Component "focus.example.org" "client_proxy"
--       target_address = "focus@auth.example.org"
--
-- IQ requests from anybody go to one available session of the account; "from" becomes this host with the sender's full
-- address as resource. What the account sends to such an address goes to the sender, "from" becomes this host. Messages
-- and presence are refused. No subscription between the two is needed: the sessions of the account are looked up here.

if module:get_host_type() ~= "component" then
	error("client_proxy must be loaded as a component");
end

local jid_bare = require "util.jid".bare;
local jid_prep = require "util.jid".prep;
local jid_resource = require "util.jid".resource;
local st = require "util.stanza";

local target_address = jid_prep(module:get_option_string("target_address") or "");
if not target_address then
	error("client_proxy on " .. module.host .. " needs target_address, the address of an account");
end

-- One available session of the account, any of them, or nil.
local function choose_session()
	local account = prosody.bare_sessions[target_address];
	local available = {};
	for _, session in pairs(account and account.sessions or {}) do
		if session.presence then
			available[#available + 1] = session;
		end
	end
	return available[math.random(math.max(#available, 1))];
end

local function refuse(origin, stanza, kind, condition, text)
	local stanza_type = stanza.attr.type;
	if stanza_type ~= "error" and stanza_type ~= "result" then
		origin.send(st.error_reply(stanza, kind, condition, text));
	end
	return true;
end

-- From the account to the address that its request came from.
local function to_client(origin, stanza)
	local client = jid_prep(jid_resource(stanza.attr.to) or "");
	if not client then
		return refuse(origin, stanza, "modify", "jid-malformed");
	end
	local forwarded = st.clone(stanza);
	forwarded.attr.from = module.host;
	forwarded.attr.to = client;
	module:send(forwarded);
	return true;
end

-- From anybody to the account.
local function to_target(origin, stanza)
	local stanza_type = stanza.attr.type;
	if stanza_type ~= "get" and stanza_type ~= "set" then
		return true; -- an answer to nothing that was asked from here
	end
	if jid_resource(stanza.attr.to) then
		return refuse(origin, stanza, "cancel", "service-unavailable");
	end
	local session = choose_session();
	if not session then
		return refuse(origin, stanza, "wait", "service-unavailable");
	end
	local forwarded = st.clone(stanza);
	forwarded.attr.from = module.host .. "/" .. stanza.attr.from;
	forwarded.attr.to = session.full_jid;
	module:send(forwarded);
	return true;
end

-- In front of mod_iq and mod_disco, which would answer for this host.
module:hook("iq/host", function(event)
	local origin, stanza = event.origin, event.stanza;
	if jid_bare(stanza.attr.from) == target_address and jid_resource(stanza.attr.to) then
		return to_client(origin, stanza);
	end
	return to_target(origin, stanza);
end, 100);

local function refuse_event(event)
	return refuse(event.origin, event.stanza, "cancel", "feature-not-implemented");
end

for _, kind in ipairs { "host", "bare", "full" } do
	module:hook("message/" .. kind, refuse_event, 100);
	module:hook("presence/" .. kind, refuse_event, 100);
end
