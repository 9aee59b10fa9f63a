package org.confocal.tests.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of it.
 *
 * @param checked how many paths, fields, metrics and keys were looked for
 * @param missing those that are not there, with what is there instead
 * @param wrongType those that are there and are not what they should be
 */
public record ContractReport(int checked, List<String> missing, List<String> wrongType) {
    public ContractReport {
        missing = List.copyOf(missing);
        wrongType = List.copyOf(wrongType);
    }

    public boolean kept() {
        return missing.isEmpty() && wrongType.isEmpty();
    }

    String toJson() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("checked", checked);
        tree.put("missing", missing);
        tree.put("wrongType", wrongType);
        return JsonMapper.shared().writeValueAsString(tree);
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        missing.forEach(each -> text.append("missing: ").append(each).append('\n'));
        wrongType.forEach(each -> text.append("wrong:   ").append(each).append('\n'));
        return text.append(checked).append(" checked.\n").toString();
    }
}
