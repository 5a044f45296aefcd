namespace Sputnik.Tests.Laws;

/// <summary>A member with a body, as the layout of a formatted file shows it.</summary>
/// <param name="Header">The line above its opening brace.</param>
/// <param name="Line">Line of that brace, from 1.</param>
/// <param name="Lines">Lines between the braces.</param>
internal sealed record Member(string Header, int Line, int Lines);

/// <summary>
/// Finds members without a parser. It leans on what the format check holds: a block's braces stand alone at its
/// header's indentation, namespaces are file-scoped, so a block directly inside a type is a member.
/// </summary>
internal static class Members
{
    private static readonly string[] TypeWords = ["class", "struct", "record", "interface", "enum"];

    public static List<Member> Of(string[] lines)
    {
        List<Member> members = [];
        Stack<(int Line, int Indent, bool IsType)> open = new();
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i].TrimStart();
            int indent = lines[i].Length - text.Length;
            if (text == "{")
            {
                bool inType = open.Count == 0 || open.Peek().IsType;
                open.Push((i, indent, inType && DeclaresType(lines, i, indent)));
            }
            else if (open.Count > 0 && text.StartsWith('}') && indent == open.Peek().Indent)
            {
                (int start, _, bool isType) = open.Pop();
                if (!isType && open.Count > 0 && open.Peek().IsType)
                {
                    members.Add(new(Header(lines, start, indent).Trim(), start + 1, i - start - 1));
                }
            }
        }

        return members;
    }

    private static bool DeclaresType(string[] lines, int brace, int indent)
    {
        string header = Header(lines, brace, indent);
        int end = header.AsSpan().IndexOfAny('(', '=', ':');
        return header[..(end < 0 ? header.Length : end)].Split(' ').Intersect(TypeWords).Any();
    }

    /// <summary>The line the block belongs to: the nearest above at its own indentation.</summary>
    private static string Header(string[] lines, int brace, int indent)
    {
        for (int i = brace - 1; i >= 0; i--)
        {
            if (lines[i].Length > indent && lines[i][indent] != ' ' && lines[i][..indent].Trim().Length == 0)
            {
                return lines[i];
            }
        }

        return "";
    }
}
