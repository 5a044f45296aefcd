using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// The keys of an object other than those it declares: a tree of the declared ones in which every way but theirs leads out.
/// While a key may still become a declared one it has no escapes: they could spell it.
/// </summary>
internal sealed class OtherKeys(GrammarBuilder builder, JsonRules json)
{
    /// <summary>The rule of such a key, quotes included.</summary>
    public int Rule(IEnumerable<string> declared)
    {
        List<Node> nodes = Tree(declared);
        int tail = builder.Rule("rest of key");
        builder.Define(tail, builder.Then(builder.Repeat(builder.Call(json.Character), 0, null), builder.Text("\"")));
        int[] rules = [.. nodes.Select(_ => builder.Rule("other key"))];
        for (int i = 0; i < nodes.Count; i++)
        {
            Node node = nodes[i];
            CodePoints ways = CodePoints.Of(node.Children.Keys.Select(point => (point, point)));
            List<Fragment> branches = [builder.Then(builder.Class(JsonRules.Plain.Except(ways)), builder.Call(tail))];
            branches.AddRange(node.Children.Where(child => JsonRules.Plain.Contains(child.Key)).Select(child =>
                builder.Then(builder.Class(CodePoints.Of((child.Key, child.Key))), builder.Call(rules[child.Value]))));
            if (!node.IsKey)
            {
                branches.Add(builder.Text("\""));
            }

            builder.Define(rules[i], builder.Any([.. branches]));
        }

        int key = builder.Rule("key");
        builder.Define(key, builder.Then(builder.Text("\""), builder.Call(rules[0])));
        return key;
    }

    private static List<Node> Tree(IEnumerable<string> keys)
    {
        List<Node> nodes = [new()];
        foreach (string key in keys)
        {
            Node node = nodes[0];
            foreach (Rune rune in key.EnumerateRunes())
            {
                if (!node.Children.TryGetValue(rune.Value, out int child))
                {
                    node.Children[rune.Value] = child = nodes.Count;
                    nodes.Add(new());
                }

                node = nodes[child];
            }

            node.IsKey = true;
        }

        return nodes;
    }

    private sealed class Node
    {
        public SortedDictionary<int, int> Children { get; } = [];

        public bool IsKey { get; set; }
    }
}
