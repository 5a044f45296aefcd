using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Token ids in a request.</summary>
internal static class TokenFields
{
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
