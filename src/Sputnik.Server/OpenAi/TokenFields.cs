using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Token ids in a request.</summary>
internal static class TokenFields
{
    /// <summary>A field that is a string, token ids, or an array of either.</summary>
    /// <param name="param">The field's name.</param>
    /// <param name="value">What stands in it.</param>
    /// <param name="model">Whose tokens.</param>
    /// <param name="most">How many an array may have.</param>
    /// <param name="encode">Makes ids of a string.</param>
    public static IReadOnlyList<int[]> Texts(string param, JsonElement? value, ServedModel model, int most, Func<string, int[]> encode)
    {
        if (value is { ValueKind: JsonValueKind.String } text)
        {
            return [encode(text.GetString() ?? "")];
        }

        if (value is not { ValueKind: JsonValueKind.Array } many || many.GetArrayLength() == 0)
        {
            throw ApiException.Invalid(param, $"{param} must be a string, token ids, or an array of either that is not empty.");
        }

        if (many[0].ValueKind == JsonValueKind.Number)
        {
            return [Ids(param, many, model)];
        }

        RequestChecks.Count(param, many.GetArrayLength(), 1, most);
        return [.. many.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Array ? Ids(param, one, model) : encode(StringFields.Text(param, one)))];
    }

    public static int[] Ids(string param, JsonElement array, ServedModel model)
    {
        int most = model.Responder.Loaded.Tokenizer.VocabularySize;
        int[] ids = new int[array.GetArrayLength()];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = array[i].ValueKind == JsonValueKind.Number && array[i].TryGetInt32(out int id) && id >= 0 && id < most
                ? id
                : throw ApiException.Invalid(param, $"Token ids are whole numbers from 0 to {most - 1}; {param} has another at place {i}.");
        }

        return ids;
    }
}
