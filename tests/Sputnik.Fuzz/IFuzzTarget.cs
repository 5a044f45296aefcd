using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>A reader of files that strangers made.</summary>
internal interface IFuzzTarget
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Managed bytes that reading so many bytes may allocate.</summary>
    long MostManaged(long fileBytes);

    /// <summary>A valid input, damaged.</summary>
    FuzzCase Make(ref CounterRandom random);

    /// <summary>Reads the files of a case and uses what they describe.</summary>
    void Use(string folder);

    /// <summary>Whether the reader says in its contract that it throws this.</summary>
    bool Refuses(Exception error);
}
