package org.confocal.journal.redis;

/**
 * What is done in Redis in one go. Keys, all with the focus' name in braces, so that a cluster keeps them together:
 *
 * <ul>
 *   <li>{@code confocal:{NAME}:lease}: the owner, for as long as the lease runs
 *   <li>{@code confocal:{NAME}:meta}: {@code holder} and {@code epoch} of the claim that counts, lease or not; {@code version},
 *       the number of the last batch in that epoch; {@code whole}, 1 where the records are all that there is
 *   <li>{@code confocal:{NAME}:records}: the journal's values by key
 * </ul>
 *
 * Every answer is a list of strings, a word first. What is at these keys and cannot be theirs counts as not there; whoever
 * has the right to write removes it. Needs Redis 5.
 */
enum Script {
    /** How things stand: {@code seen leased holder epoch version whole trouble}. Changes nothing. */
    LOOK("""
            return {'seen', leased, holder, number(epoch), number(version), whole, trouble}
            """),

    /**
     * ARGV: owner, machine, lease in ms, the highest epoch heard of, 1 where an empty Redis counts as a beginning. {@code held},
     * {@code empty}, or {@code taken epoch last-holder whole trouble}.
     */
    ACQUIRE("""
            local own = ARGV[2] .. '/'
            if leased ~= '' and string.sub(leased, 1, #own) ~= own then return {'held'} end
            if holder == '' and ARGV[5] ~= '1' then return {'empty'} end
            clean()
            -- The time keeps epochs rising even where Redis has forgotten them.
            local epoch = math.max(epoch + 1, tonumber(ARGV[4]) + 1, tonumber(redis.call('TIME')[1]))
            redis.call('HSET', KEYS[2], 'holder', ARGV[1], 'epoch', number(epoch), 'version', '0', 'whole', whole)
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            return {'taken', number(epoch), holder, whole, trouble}
            """),

    /**
     * ARGV: owner, epoch, lease in ms, the version below which records are not all that there is. {@code lost holder}, {@code
     * restored trouble} where Redis had forgotten, {@code kept}.
     */
    RENEW("""
            local mine = tonumber(ARGV[2])
            if holder == '' or epoch < mine or trouble ~= '' then
                clean()
                redis.call('HSET', KEYS[2], 'holder', ARGV[1], 'epoch', ARGV[2], 'version', '0', 'whole', '0')
                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
                return {'restored', trouble}
            end
            if holder ~= ARGV[1] or epoch > mine then return {'lost', holder} end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            if version < tonumber(ARGV[4]) then redis.call('HSET', KEYS[2], 'whole', '0') end
            return {'kept'}
            """),

    /** ARGV: owner. Who waits need not wait for the lease's end. */
    RELEASE("""
            if leased == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return {'done'}
            """),

    /**
     * ARGV: owner, epoch, the batch's version, number of values, key and value of each, keys that are gone. {@code lost holder}, {@code
     * forgotten}, {@code step} where a batch is missing before this one, {@code kept}.
     */
    BATCH("""
            local mine = tonumber(ARGV[2])
            if holder == '' or epoch < mine or trouble ~= '' then return {'forgotten'} end
            if holder ~= ARGV[1] or epoch > mine then return {'lost', holder} end
            if whole ~= '1' or version ~= tonumber(ARGV[3]) - 1 then return {'step'} end
            local after = 4 + 2 * tonumber(ARGV[4])
            for i = 5, after, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
            for i = after + 1, #ARGV do redis.call('HDEL', KEYS[3], ARGV[i]) end
            redis.call('HSET', KEYS[2], 'version', ARGV[3])
            return {'kept'}
            """),

    /**
     * Puts what was gathered at a fourth key into the place of the records. ARGV: owner, epoch, version, number of records.
     * Answers as {@link #BATCH}; {@code step} also where not all were gathered.
     */
    REPLACE("""
            local mine = tonumber(ARGV[2])
            if holder == '' or epoch < mine or trouble ~= '' then return {'forgotten'} end
            if holder ~= ARGV[1] or epoch > mine then return {'lost', holder} end
            if version >= tonumber(ARGV[3]) or redis.call('HLEN', KEYS[4]) ~= tonumber(ARGV[4]) then return {'step'} end
            if ARGV[4] == '0' then
                redis.call('DEL', KEYS[3])
            else
                redis.call('RENAME', KEYS[4], KEYS[3])
                redis.call('PERSIST', KEYS[3])
            end
            redis.call('HSET', KEYS[2], 'version', ARGV[3], 'whole', '1')
            return {'kept'}
            """);

    private static final String BEGINNING = """
            local trouble = ''
            local cleanMeta = false
            local function number(n) return string.format('%.0f', n) end
            local function fits(key, kind)
                local is = redis.call('TYPE', key).ok
                if is == kind then return true end
                if is ~= 'none' then trouble = key .. ' is a ' .. is .. ', not a ' .. kind end
                return false
            end
            local function count(text)
                local n = tonumber(text or '')
                if n and n >= 0 and n < 9007199254740992 and n == math.floor(n) then return n end
                return nil
            end
            local holder, epoch, version, whole = '', 0, 0, '0'
            if fits(KEYS[2], 'hash') then
                local meta = redis.call('HMGET', KEYS[2], 'holder', 'epoch', 'version', 'whole')
                if meta[1] and meta[1] ~= '' and count(meta[2]) and count(meta[3]) then
                    holder, epoch, version = meta[1], count(meta[2]), count(meta[3])
                    if meta[4] == '1' then whole = '1' end
                else
                    trouble = KEYS[2] .. ' lacks a holder, an epoch or a version'
                    cleanMeta = true
                end
            end
            local leased = ''
            if fits(KEYS[1], 'string') then
                leased = redis.call('GET', KEYS[1])
                if redis.call('PTTL', KEYS[1]) < 0 then
                    trouble = KEYS[1] .. ' would never end'
                    leased = ''
                end
            end
            fits(KEYS[3], 'hash')
            if trouble ~= '' then whole = '0' end
            local function clean()
                if trouble == '' then return end
                if not fits(KEYS[2], 'hash') or cleanMeta then redis.call('DEL', KEYS[2]) end
                if not fits(KEYS[3], 'hash') then redis.call('DEL', KEYS[3]) end
            end
            """;

    private final String text;

    Script(String text) {
        this.text = BEGINNING + text;
    }

    String text() {
        return text;
    }
}
