using Sputnik.Bench;

// One class per verb. Each checks what it measures before it times it.
return args switch
{
    ["gemm", .. string[] options] => GemmVerb.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Sputnik.Bench <verb> [options]

          gemm [--quick] [--save]   matrix products against OpenBLAS, alternating in the same minutes
        """);
    return 2;
}
