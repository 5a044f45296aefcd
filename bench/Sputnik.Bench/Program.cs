using Sputnik.Bench;

// One class per verb. Each checks what it measures before it times it.
return args switch
{
    ["gemm", .. string[] options] => GemmVerb.Run(new(options)),
    ["step", .. string[] options] => StepVerb.Run(new(options)),
    ["quick", .. string[] options] => QuickVerb.Run(new(options)),
    ["quant", .. string[] options] => QuantVerb.Run(new(options)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Sputnik.Bench <verb> [options]

          gemm [--save] [--rounds N] [--threads N] [--only TEXT]
                                    matrix products against OpenBLAS in turns
          step [--save] [--rounds N] [--threads N] [--only TEXT]
                                    training steps at d = 256 and of the quick recipe against the FMA peak
          quick [--save] [--rounds N] [--threads N]
                                    rollouts and updates of the quick recipe's R1-Zero
          quant [--save] [--rounds N] [--threads N] [--only TEXT]
                                    products with coded weights
        """);
    return 2;
}
