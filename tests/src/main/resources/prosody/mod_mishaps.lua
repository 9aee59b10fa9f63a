-- What befalls rooms in tests: <mishap xmlns='urn:confocal:mishaps' what='kick|disown|down' room='...' seconds='...'/>, as an IQ
-- of type set to the MUC service. Anybody may ask.
local st = require "util.stanza";
local timer = require "util.timer";
local hostmanager = require "core.hostmanager";
local modulemanager = require "core.modulemanager";

local host = module.host;

local function room_of(mishap)
	return modulemanager.get_module(host, "muc").get_room_from_jid(mishap.attr.room);
end

local mishaps = {};

-- Throws the focus out.
function mishaps.kick(mishap)
	local room = room_of(mishap);
	room:set_role(true, room.jid .. "/focus", nil, "a mishap");
end

-- Takes the ownership of the focus for a while; administrators cannot do that, but their list can be reloaded.
function mishaps.disown(mishap)
	local room = room_of(mishap);
	room.get_affiliation = function () return nil; end
	local occupant = room:get_occupant_by_nick(room.jid .. "/focus");
	room:publicise_occupant_status(occupant, st.stanza("x", { xmlns = "http://jabber.org/protocol/muc#user" }));
	timer.add_task(tonumber(mishap.attr.seconds), function () room.get_affiliation = nil; end);
end

-- The service goes without a word and comes back without its rooms.
function mishaps.down(mishap)
	timer.add_task(0, function () hostmanager.deactivate(host); end);
	timer.add_task(tonumber(mishap.attr.seconds), function () hostmanager.activate(host); end);
end

module:hook("iq-set/host/urn:confocal:mishaps:mishap", function (event)
	local mishap = event.stanza.tags[1];
	mishaps[mishap.attr.what](mishap);
	event.origin.send(st.reply(event.stanza));
	return true;
end);
