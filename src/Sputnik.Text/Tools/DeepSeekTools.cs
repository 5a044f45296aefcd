namespace Sputnik.Text.Tools;

/// <summary>
/// DeepSeek-R1's functions, calls and results as ids. Its published template tells the model of no functions, and closes
/// neither a single call nor leads on from results; here all of that is whole. Markers that are tokens of the vocabulary
/// are those tokens; what users and functions wrote is plain text.
/// </summary>
internal sealed class DeepSeekTools(Tokenizer tokenizer)
{
    private const string OutputsBegin = "<｜tool▁outputs▁begin｜>";
    private const string OutputsEnd = "<｜tool▁outputs▁end｜>";
    private const string OutputBegin = "<｜tool▁output▁begin｜>";
    private const string OutputEnd = "<｜tool▁output▁end｜>";

    /// <summary>The functions and how they are called, to stand behind the system's text.</summary>
    public List<int> Describe(IReadOnlyList<ToolDefinition> tools, bool behindText) =>
    [
        .. tokenizer.Encode((behindText ? "\n\n" : "") + ToolPrompt.Introduction + ToolPrompt.Functions(tools) + ToolPrompt.Form),
        .. Calls([new("", ToolPrompt.NamePlace, ToolPrompt.ArgumentsPlace)]),
    ];

    /// <summary>Calls of one turn.</summary>
    public List<int> Calls(IReadOnlyList<ToolCall> calls)
    {
        ToolDialect form = ToolDialect.DeepSeekR1;
        List<int> ids = [.. Marker(form.CallsBegin[0])];
        foreach (ToolCall call in calls)
        {
            ids.AddRange(ReferenceEquals(call, calls[0]) ? [] : tokenizer.Encode("\n"));
            ids.AddRange(Marker(form.CallBegin[0]));
            ids.AddRange(tokenizer.Encode("function"));
            ids.AddRange(Marker(form.Separator[0]));
            ids.AddRange(tokenizer.Encode($"{call.Name}\n```json\n{call.Arguments}\n```"));
            ids.AddRange(Marker(form.CallEnd[0]));
        }

        ids.AddRange(Marker(form.CallsEnd[0]));
        return ids;
    }

    /// <summary>A result; the first and the last of a run open and close it.</summary>
    public List<int> Output(string text, bool first, bool last) =>
    [
        .. first ? Marker(OutputsBegin) : tokenizer.Encode("\n"),
        .. Marker(OutputBegin),
        .. tokenizer.Encode(text),
        .. Marker(OutputEnd),
        .. last ? Marker(OutputsEnd) : [],
    ];

    private int[] Marker(string marker) => tokenizer.Find(marker) is int id ? [id] : tokenizer.Encode(marker);
}
