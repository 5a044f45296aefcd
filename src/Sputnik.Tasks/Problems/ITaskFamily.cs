using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>A kind of problem together with its judge. Families hold no state: every call is a function of its arguments.</summary>
public interface ITaskFamily
{
    /// <summary>The name that <see cref="Problem.Family"/> carries.</summary>
    string Name { get; }

    /// <summary>The least trained difficulty.</summary>
    int LeastDifficulty { get; }

    /// <summary>The greatest trained difficulty.</summary>
    int GreatestDifficulty { get; }

    /// <summary>The difficulty of <see cref="Split.Hard"/>, above every trained one.</summary>
    int HardDifficulty { get; }

    /// <summary>A problem of the given difficulty.</summary>
    Problem Create(CounterRandom random, int difficulty);

    /// <summary>
    /// A worked response: the text that follows "&lt;think&gt;\n", that is the thinking, "&lt;/think&gt;\n" and
    /// "\boxed{answer}".
    /// </summary>
    string Work(Problem problem, Style style, WorkOptions options, ref CounterRandom random);

    /// <summary>Whether <paramref name="answer"/>, the content of the box, answers the problem. Pure; never throws on it.</summary>
    Verdict Verify(Problem problem, string answer);
}
