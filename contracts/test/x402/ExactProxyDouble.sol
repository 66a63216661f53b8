// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISignatureTransfer} from "../../src/token/ISignatureTransfer.sol";
import {ProxyDouble} from "./ProxyDouble.sol";

/// @notice Moves exactly what was permitted, for anybody.
contract ExactProxyDouble is ProxyDouble {
    struct Witness {
        address to;
        uint256 validAfter;
    }

    string private constant _TYPE = "Witness(address to,uint256 validAfter)";

    function settle(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) external {
        _move(permit, owner, witness, signature);
        emit Settled();
    }

    function settleWithPermit(
        EIP2612Permit calldata given,
        ISignatureTransfer.PermitTransferFrom calldata permit,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) external {
        _permit(permit, owner, given);
        _move(permit, owner, witness, signature);
        emit SettledWithPermit();
    }

    function _move(
        ISignatureTransfer.PermitTransferFrom calldata permit,
        address owner,
        Witness calldata witness,
        bytes calldata signature
    ) private {
        bytes32 hash = keccak256(abi.encode(keccak256(bytes(_TYPE)), witness));
        _settle(
            permit, permit.permitted.amount, owner, witness.to, witness.validAfter, hash, _TYPE, signature
        );
    }
}
