// Asks a model in this process and prints its thinking dim, its answer plain:
//   dotnet run --project samples/Sputnik.Samples.Chat -- models/sputnik-zero "Cy has 11 shells. Cy buys 1. How many shells does Cy have?"
using Microsoft.Extensions.AI;
using Sputnik.Chat;

using IChatClient client = SputnikChatClient.Open(args[0]);
await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(args[1]))
{
    foreach (AIContent content in update.Contents)
    {
        Console.Write(content is TextReasoningContent thought ? $"\e[2m{thought.Text}\e[0m" : (content as TextContent)?.Text);
    }
}
